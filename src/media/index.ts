export type { VideoChunk } from './chunk-packets.ts';
export { type Clip, type ClipPicture, type ClipRequest, openClip } from './clip-reader.ts';
export type { ClipSound } from './clip-sound.ts';
export type { Picture } from './decode-video.ts';
export {
  type Drawn,
  encodeVideoChunk,
  encodeVideoChunks,
  type VideoChunkRequest,
} from './encode-video-chunk.ts';
export { type EncoderChoice, type Preset, presets } from './encoder-options.ts';
export { type EncoderTrial, findHardwareEncoder, type HardwareSearch } from './find-hardware-encoder.ts';
export { type FinishRequest, finishVideo } from './finish-video.ts';
export { missingCharacters } from './font-coverage.ts';
export { createFrameStill, type FrameStill } from './frame-still.ts';
export { fitsAsGround, type GroundPicture } from './ground-pictures.ts';
export type { HardwareEncoder } from './hardware-encoders.ts';
export type { StreamFacts } from './inspect-streams.ts';
export { type Loudness, measureLoudness, silenceDbtp, silenceLufs } from './loudness.ts';
export { makePoster, type PosterRequest } from './make-poster.ts';
export { makeSprite, type SpriteRequest } from './make-sprite.ts';
export { type MeasuredRecording, measureVoiceOver } from './measure-voice-over.ts';
export {
  type LoudnessTarget,
  type MixRequest,
  type MixResult,
  mixAudio,
  type SoundFormat,
} from './mix-audio.ts';
export type { Music } from './music-bed.ts';
export { largestStep } from './picture-rows.ts';
export { type AudioProbe, probeAudio } from './probe-audio.ts';
export { probeVideo, type VideoProbe } from './probe-video.ts';
export type { Progress } from './progress.ts';
export { type VerifiedVideo, type VerifyRequest, verifyVideo } from './verify-video.ts';
export type { Narration } from './voice-track.ts';
export {
  createYuvConverter,
  type DrawnArea,
  type DrawnLayers,
  type DrawnOver,
  type YuvConverter,
} from './yuv-converter.ts';
