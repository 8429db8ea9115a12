/** Every cap on input from strangers, in one place. Errors quote these numbers. */
export const limits = {
  /** Longest Markdown script, in UTF-8 bytes. */
  scriptBytes: 1_000_000,
  /** Largest JSON request body, in bytes. */
  bodyBytes: 4_000_000,
  /** Largest single uploaded asset, in bytes. */
  assetBytes: 200_000_000,
  /** Most files in one upload request. */
  assetsPerUpload: 50,
  scenes: 500,
  outputsPerJob: 6,
  pointsPerScene: 20,
  passagesPerScene: 100,
  /** Longest single passage of narration, in UTF-16 code units. */
  passageLength: 5_000,
  headingLength: 200,
  pointLength: 300,
  /** Pictures of a grid. */
  picturesPerScene: 9,
  quoteLength: 500,
  /** Longest source code shown, in UTF-16 code units. */
  codeLength: 4_000,
  tableColumns: 8,
  tableRows: 14,
  /** Longest cell of a table, label of a chart or name of who is quoted. */
  cellLength: 120,
  chartLabels: 24,
  chartSeries: 6,
  /** Longest explicit scene duration, in seconds. */
  sceneDurationSeconds: 600,
  /** Shortest and longest side of the video, in pixels; both sides are even. */
  minimumSide: 64,
  maximumSide: 4096,
  /** Most pixels a picture may decode to. */
  picturePixels: 60_000_000,
  /** Most parts of a picture that cost a decoder time and add no pixel: passes over a JPEG, packed notes in a PNG. */
  pictureParts: 100,
  /** Largest SVG file, in bytes. */
  svgBytes: 10_000_000,
  /** Most elements of an SVG file; where it uses an element again, that element counts again. */
  svgElements: 50_000,
  /** How deep its elements may be inside each other, and use each other. */
  svgDepth: 200,
  /** Largest font file, in bytes. */
  fontBytes: 30_000_000,
  /** Largest file that says when words are spoken, in bytes. */
  timingBytes: 5_000_000,
  /** Longest sound file, in seconds. */
  audioDurationSeconds: 7_200,
  /** Longest video clip, in seconds. */
  videoDurationSeconds: 7_200,
  /** Most pixels a picture of a video clip may have: 8K. */
  videoPixels: 8192 * 4320,
  /** Jobs that one event stream may ask for by their ids. */
  watchedIds: 100,
  /** How long an event stream waits for a job that does not exist yet, in seconds; an operator may choose less. */
  streamWaitSeconds: 20,
} as const;
