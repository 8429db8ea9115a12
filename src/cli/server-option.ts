import { InvalidArgumentError, Option } from 'commander';

/** `--server <url>`, as every command takes it that can speak to a running server. */
export function serverOption(description: string): Option {
  return new Option('--server <url>', description).argParser((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
    throw new InvalidArgumentError('It must be an address such as http://127.0.0.1:5005.');
  });
}
