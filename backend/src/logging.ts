import type { DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import pretty from 'pino-pretty';
import type { Settings } from './config';

/** Paths only: queries can hold signatures, headers and bodies hold secrets and messages. */
const requestFacts = (request: { id: string; method: string; url: string }) => ({
  id: request.id,
  method: request.method,
  path: request.url.split('?')[0],
});

function errorFacts(error: Error & { code?: unknown; errno?: unknown }): object {
  return {
    type: error.name,
    message: firstLine(error.message),
    code: error.code,
    errno: error.errno,
    stack: error.stack,
  };
}

/** Database drivers put the statement and its values behind the first line. */
const firstLine = (text: string): string => text.split('\n', 1)[0].slice(0, 500);

/** What could not be served for now is told of apart, once a minute for each kind. */
const isFault = (status: number): boolean => status >= 500 && status !== 503;

/** What the framework tells of its own start-up; of no use to whoever runs the product. */
const FRAMEWORK_CHATTER = new Set([
  'InstanceLoader',
  'RouterExplorer',
  'RoutesResolver',
  'WebSocketsController',
  'NestFactory',
]);

/** Structured logs with the request id; readable in a terminal, JSON elsewhere. */
export function loggerModule(settings: Settings): DynamicModule {
  const readable = process.stdout.isTTY === true && !settings.production;
  return LoggerModule.forRoot({
    forRoutes: ['{*path}'],
    pinoHttp: {
      hooks: {
        logMethod(args, log) {
          const [facts] = args as unknown as [{ context?: string } | string];
          if (typeof facts === 'object' && FRAMEWORK_CHATTER.has(facts.context ?? '')) return;
          log.apply(this, args);
        },
      },
      level: settings.logLevel,
      genReqId: ({ id }) => id,
      quietReqLogger: true,
      customAttributeKeys: { reqId: 'requestId' },
      serializers: {
        req: requestFacts,
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
        err: errorFacts,
      },
      customLogLevel: (_request, response, error) => (error || isFault(response.statusCode) ? 'error' : 'debug'),
      redact: ['req.headers', 'password', 'token', '*.password', '*.token'],
      ...(readable && { stream: pretty({ colorize: true, singleLine: true, ignore: 'pid,hostname', sync: true }) }),
    },
  });
}
