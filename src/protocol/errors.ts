/** Who can do something about a failure. */
export type Fault = 'yours' | 'ours' | 'provider';

interface ErrorRow {
  /** HTTP status when it answers a request. */
  readonly status: number;
  readonly title: string;
  /** What the reader should do next. */
  readonly action: string;
  /** Whether the same thing tried again, unchanged, can succeed. */
  readonly retryable: boolean;
  readonly fault: Fault;
}

const row = (
  status: number,
  title: string,
  action: string,
  fault: Fault = 'yours',
  retryable = false,
): ErrorRow => ({
  status,
  title,
  action,
  retryable,
  fault,
});

/** Every failure a user can see. HTTP problems, failed jobs and CLI messages all carry one of these codes. */
export const errorTable = {
  body_not_json: row(
    400,
    'The request body is not JSON',
    'Send a JSON object with Content-Type: application/json.',
  ),
  body_invalid: row(
    422,
    'The request does not match the schema',
    'Correct the fields listed under "issues".',
  ),
  body_too_large: row(413, 'The request is too large', 'Send less, or upload files to /api/assets first.'),
  content_type_unsupported: row(
    415,
    'The content type is not supported',
    'Use the content type the API names.',
  ),
  script_empty: row(422, 'The script is empty', 'Write at least one paragraph: paragraphs are spoken.'),
  script_invalid: row(422, 'The script has a mistake', 'Correct the line named in the message.'),
  script_too_long: row(413, 'The script is too long', 'Split it into several videos.'),
  composition_invalid: row(422, 'The composition is not valid', 'Correct the fields listed under "issues".'),
  dimensions_invalid: row(422, 'The video size is not possible', 'Use even sides within the limits.'),
  narration_missing: row(
    422,
    'Nothing in the script is spoken',
    'Add a paragraph under a heading: paragraphs are spoken. For a silent video, add music or give a scene a duration.',
  ),
  voice_unknown: row(422, 'There is no such voice', 'Use one of the voices from GET /api/voices.'),
  picture_missing: row(422, 'A picture is missing', 'Upload it to /api/assets and map its name in "assets".'),
  picture_invalid: row(
    422,
    'A picture cannot be read',
    'Use a complete JPEG, PNG, WebP, AVIF, GIF or SVG file.',
  ),
  audio_missing: row(
    422,
    'A sound file is missing',
    'Upload it to /api/assets and map its name in "assets".',
  ),
  audio_invalid: row(
    422,
    'A sound file cannot be read',
    'Use a complete MP3, WAV, FLAC, Ogg, M4A or WebM file.',
  ),
  video_missing: row(
    422,
    'A video clip is missing',
    'Upload it to /api/assets and map its name in "assets".',
  ),
  video_invalid: row(422, 'A video clip cannot be read', 'Use a complete MP4, MOV, WebM, MKV or GIF file.'),
  timing_missing: row(
    422,
    'A timing file is missing',
    'Upload it to /api/assets and map its name in "assets".',
  ),
  timing_invalid: row(
    422,
    'A timing file cannot be read',
    'Use WebVTT, SRT, or JSON: a list of {"word", "start", "end"} in seconds.',
  ),
  font_missing: row(422, 'A font is missing', 'Upload it to /api/assets and map its name in "assets".'),
  font_invalid: row(422, 'A font cannot be read', 'Use a complete TTF, OTF, WOFF or WOFF2 file of one font.'),
  asset_empty: row(422, 'The file is empty', 'Upload a file that has content.'),
  asset_too_large: row(413, 'The file is too large', 'Upload a smaller file.'),
  asset_unsupported: row(
    415,
    'This kind of file is not supported',
    'Upload a picture, a video, a sound, a font or a timing file of a kind named in the message.',
  ),
  asset_not_found: row(404, 'There is no such asset', 'Upload the file to /api/assets first.'),
  url_refused: row(
    422,
    'The address may not be fetched',
    'Use a public http or https address, or upload the file.',
  ),
  fetch_failed: row(
    502,
    'A remote file could not be fetched',
    'Check the address, then retry.',
    'provider',
    true,
  ),
  job_not_found: row(404, 'There is no such job', 'Check the id: GET /api/jobs lists all jobs.'),
  job_exists: row(409, 'A job with this id exists already', 'Use another id, or follow the existing job.'),
  job_finished: row(409, 'The job has already ended', 'Start a new job, or retry a failed or cancelled one.'),
  job_not_finished: row(409, 'The job has not ended yet', 'Wait for it to end, or cancel it first.'),
  job_cancelled: row(409, 'The job was cancelled', 'Retry it, or start a new job.'),
  queue_full: row(
    429,
    'Too many jobs are waiting',
    'Try again after the seconds named in Retry-After.',
    'ours',
    true,
  ),
  idempotency_mismatch: row(
    422,
    'The Idempotency-Key was used for another request',
    'Send the request that the key was first sent with, or another key.',
  ),
  artifact_not_found: row(404, 'There is no such file', 'Use a name from the job’s artifacts.'),
  range_invalid: row(416, 'The requested range is outside the file', 'Ask for bytes within the file’s size.'),
  route_not_found: row(404, 'There is nothing at this address', 'See /docs for the addresses that exist.'),
  method_not_allowed: row(
    405,
    'This address does not take this method',
    'See /docs for the methods it takes.',
  ),
  request_malformed: row(400, 'The request is malformed', 'Send it as the API describes: see /docs.'),
  host_refused: row(
    403,
    'The server does not answer to this host name',
    'Use localhost or the address it listens on, or set AURA_HOST to the name.',
  ),
  origin_refused: row(403, 'Another site may not do this', 'Use the page that this server serves.'),
  narration_failed: row(
    500,
    'A passage could not be spoken',
    'Change its text or its voice, then retry.',
    'ours',
    true,
  ),
  render_failed: row(
    500,
    'A part of the picture could not be drawn',
    'Retry; report it if it happens again.',
    'ours',
    true,
  ),
  encoder_lost: row(
    500,
    'The hardware encoder cannot be used any more',
    'Retry: the encoders are tried anew, and where none works software is used. Or leave out "hardware".',
    'ours',
    true,
  ),
  mix_failed: row(500, 'The sound could not be mixed', 'Retry; report it if it happens again.', 'ours', true),
  finish_failed: row(
    500,
    'The file could not be put together',
    'Retry; report it if it happens again.',
    'ours',
    true,
  ),
  verification_failed: row(
    500,
    'The finished file did not pass its checks',
    'Retry; report it if it happens again.',
    'ours',
    true,
  ),
  task_stalled: row(
    500,
    'A task stopped making progress',
    'Retry; report it if it happens again.',
    'ours',
    true,
  ),
  disk_full: row(507, 'The disk is full', 'Free some space in the data directory, then retry.', 'ours', true),
  data_in_use: row(
    409,
    'The data directory is in use by another Aura',
    'Stop the other one, choose another AURA_DATA, or share one PostgreSQL with DATABASE_URL.',
  ),
  port_in_use: row(409, 'The port is taken', 'Stop the other program or set AURA_PORT to a free port.'),
  config_invalid: row(
    400,
    'The configuration is not valid',
    'Correct the environment variable named in the message.',
  ),
  file_not_found: row(404, 'The file does not exist', 'Check the path.'),
  output_invalid: row(422, 'The video cannot be written there', 'Name another file with --output.'),
  server_unreachable: row(
    503,
    'The server cannot be reached',
    'Check that it runs and that the address is right.',
    'provider',
    true,
  ),
  shutting_down: row(503, 'The server is shutting down', 'Try again in a moment.', 'ours', true),
  internal: row(
    500,
    'Something went wrong inside Aura',
    'Retry; report it with the request id if it happens again.',
    'ours',
    true,
  ),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;

export const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];
