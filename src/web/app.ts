import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';

/** What is mounted where; a simulator only when there is one. */
export type Mounted = { twilio: Router; bank: Router; metrics?: Router; simulator?: { api: Router; twilio: Router } };

/** The web side as an express app that is not yet listening. Nothing it answers carries a stack or a version. */
export function buildApp(mounted: Mounted, health: { ready(): Promise<string[]> }, log: Logger): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', false);
  app.use(helmet());
  app.get('/livez', (_request, response) => void response.json({ alive: true }));
  app.get('/readyz', async (_request, response) => {
    const problems = await health.ready();
    response.status(problems.length === 0 ? 200 : 503).json({ ready: problems.length === 0, problems });
  });
  if (mounted.metrics) app.use('/metrics', mounted.metrics);
  app.use('/webhooks/twilio', mounted.twilio);
  app.use('/webhooks/bank', mounted.bank);
  if (mounted.simulator) {
    app.use('/sim/api', mounted.simulator.api);
    app.use('/sim/twilio', mounted.simulator.twilio);
  }
  app.use((_request, response) => void response.status(404).json({ error: 'there is nothing at this address' }));
  app.use(lastResort(log));
  return app;
}

/** A body that cannot be read is the sender's fault (4xx); anything else is ours and is logged without its contents. */
function lastResort(log: Logger): ErrorRequestHandler {
  return (fault: { status?: number; type?: string; name?: string; message?: string }, request, response, _next) => {
    const status = fault.status && fault.status >= 400 && fault.status < 500 ? fault.status : 500;
    if (status === 500)
      log.error(
        { route: request.path.replace(/[^/]{16,}/g, '*'), fault: fault.name, code: (fault as { code?: string }).code },
        'request failed',
      );
    if (!response.headersSent)
      response.status(status).json({
        error: status === 500 ? 'this could not be done now; try again' : (fault.type ?? 'the request cannot be read'),
      });
  };
}
