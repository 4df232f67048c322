import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from '../../src/metrics.ts';

/** What `GET /metrics` answers, without a socket. */
export function metricsText({ route }: Pick<Metrics, 'route'>): Promise<string> {
  return new Promise((resolve, reject) => {
    const response = {
      writeHead: (status: number) => (status === 200 ? response : reject(new Error(`status ${status}`))),
      end: (text: string) => resolve(text),
    };
    route.handler({} as IncomingMessage, response as unknown as ServerResponse);
  });
}

/** The samples of a text in Prometheus' format: name with labels → value. Throws on a line that is none. */
export function samplesIn(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || /^# (?:HELP|TYPE) [a-zA-Z_:][\w:]* \S/.test(line)) continue;
    const [, name = '', value = ''] = /^([a-zA-Z_:][\w:]*(?:\{[^}]*\})?) (\S+)$/.exec(line) ?? [];
    if (name === '' || Number.isNaN(Number(value)) || samples.has(name)) throw new Error(`not a sample: ${line}`);
    samples.set(name, Number(value));
  }
  return samples;
}
