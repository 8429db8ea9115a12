import { once } from 'node:events';
import { createServer } from 'node:http';
import { createCanvas } from '@napi-rs/canvas';
import { listenOnLoopback } from '../support/loopback.ts';

/** A web server with one picture, which can be made to keep its visitors waiting. */
export interface PictureServer {
  readonly url: string;
  hold(): void;
  release(): void;
  close(): Promise<void>;
}

export async function startPictureServer(): Promise<PictureServer> {
  const png = drawMoon();
  let isHeld = false;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': png.length });
    if (isHeld) response.flushHeaders();
    else response.end(png);
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}`,
    hold: () => {
      isHeld = true;
    },
    release: () => {
      isHeld = false;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function drawMoon(): Buffer {
  const canvas = createCanvas(640, 360);
  const context = canvas.getContext('2d');
  context.fillStyle = '#101828';
  context.fillRect(0, 0, 640, 360);
  context.fillStyle = '#f4efe0';
  context.beginPath();
  context.arc(430, 130, 60, 0, Math.PI * 2);
  context.fill();
  return canvas.toBuffer('image/png');
}
