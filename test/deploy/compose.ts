import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

export const ROOT = join(__dirname, '..', '..');
export const fileText = (name: string) => readFileSync(join(ROOT, name), 'utf8');

export type Service = {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] } & Record<string, string | number | string[]>;
  volumes?: string[];
  ports?: string[];
  configs?: { source: string; target: string; mode?: string }[];
};
export type Compose = {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  configs: Record<string, { content: string }>;
} & Record<string, unknown>;

export const compose = () => merged(load(fileText('docker-compose.yml'))) as Compose;

/** `<<: *anchor`, which Compose knows and YAML 1.2 does not: what stands beside it wins. */
function merged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(merged);
  if (typeof value !== 'object' || value === null) return value;
  const { '<<': base, ...own } = value as Record<string, unknown>;
  const all = { ...(base as object | undefined), ...own };
  return Object.fromEntries(Object.entries(all).map(([key, inner]) => [key, merged(inner)]));
}

/** `${NAME}`, `${NAME:-default}` and `${NAME:?why}` as Compose fills them in; throws where a needed one is missing. */
export function interpolated(text: string, env: Record<string, string>): string {
  return text.replace(/\$\$|\$\{(\w+)(?::([-?])([^}]*))?\}/g, (whole, name: string, kind: string, rest: string) => {
    if (whole === '$$') return '$';
    if (env[name]) return env[name];
    if (kind === '-') return rest;
    throw new Error(`${name}: ${rest ?? 'is not set'}`);
  });
}

/** The environment of a service's process, its `.env` being `env`. */
export function environmentOf(service: Service, env: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(service.environment ?? {}).map(([name, value]) => [name, interpolated(String(value), env)]),
  );
}
