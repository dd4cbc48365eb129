import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { Logger } from '@nestjs/common';
import { FailureLog, newId, traceWith, type TracedStep, type TraceNotes } from './common';

const EXPORT_MS = 5_000;
const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER } as const;

/**
 * Sends traces to a collector that speaks OTLP over HTTP. This file, and with it all of OpenTelemetry, is loaded only
 * where an address is set. Steps are told by the code that does them rather than by patched libraries, so that nothing
 * gets into a trace that nobody meant to put there.
 *
 * @param endpoint as the standard has it: without `/v1/traces`
 * @returns sends what still waits, and stops
 */
export function startTracing(endpoint: string): () => Promise<void> {
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'parley', 'service.instance.id': newId() }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    spanProcessors: [new BatchSpanProcessor(toldOf(`${endpoint.replace(/\/+$/, '')}/v1/traces`))],
  });
  provider.register();
  const tracer = provider.getTracer('parley');
  traceWith((step, work) => {
    const parent = parentOf(step);
    if (!parent) return work(notesOf(undefined));
    const { kind, name, facts } = step;
    const span = tracer.startSpan(name, { kind: kind && KINDS[kind], attributes: facts }, parent);
    return context.with(trace.setSpan(parent, span), () => finished(span, work));
  });
  return async () => {
    traceWith(undefined);
    await provider.shutdown();
  };
}

/** Undefined for a step that belongs to no trace. */
function parentOf({ place, parent }: TracedStep): Context | undefined {
  if (place === 'root')
    return parent === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent: parent });
  const around = trace.getActiveSpan();
  // What a request has set going may run on long after it, in loops that have nothing to do with it.
  return around && (place === 'tail' || around.isRecording()) ? context.active() : undefined;
}

async function finished<Result>(span: Span, work: (notes: TraceNotes) => Promise<Result>): Promise<Result> {
  const notes = notesOf(span);
  try {
    return await work(notes);
  } catch (error) {
    notes.failed(error instanceof Error ? error.name : 'unknown');
    throw error;
  } finally {
    span.end();
  }
}

const notesOf = (span: Span | undefined): TraceNotes => ({
  rename: (name) => span?.updateName(name),
  add: (facts) => span?.setAttributes(facts),
  failed: (type) => span?.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', type),
});

/** An exporter that says in the log, once a minute at most, when traces cannot be sent; they are dropped then. */
function toldOf(url: string): OTLPTraceExporter {
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_MS });
  const failures = new FailureLog(new Logger('Tracing'), 'Traces could not be sent');
  const send = exporter.export.bind(exporter);
  exporter.export = (spans, done) =>
    send(spans, (result) => {
      if (result.error) failures.failed(result.error);
      else failures.succeeded();
      done(result);
    });
  return exporter;
}
