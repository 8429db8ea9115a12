import { request as httpRequest } from 'node:http';

interface HandWritten {
  readonly port: number;
  readonly headers: Record<string, string>;
  readonly method?: string;
  readonly path?: string;
}

/** Sends a request with headers written by hand: fetch sets Host and Origin by itself. */
export function sendAs({ port, headers, method = 'GET', path = '/api/health' }: HandWritten) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject).end();
  });
}
