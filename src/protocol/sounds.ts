import { z } from 'zod';
import { sourceSchema } from './source.ts';

export const voiceSchema = z.strictObject({
  provider: z.enum(['espeak']).default('espeak').describe('Who speaks.'),
  name: z.string().min(1).max(100).optional().describe('The language’s default voice when absent.'),
  rate: z.number().min(0.5).max(2).default(1).describe('1 is the voice’s normal speed.'),
});

/** A recorded voice, heard instead of synthetic speech. The scene's narration is what it says. */
export const voiceOverSchema = z.strictObject({
  source: sourceSchema,
  timing: sourceSchema
    .optional()
    .describe('When each word is said: WebVTT, SRT or JSON. Without it captions go by sentences.'),
  gainDb: z.number().min(-60).max(20).default(0).describe('Change of its level.'),
});

export const musicSchema = z.strictObject({
  source: sourceSchema,
  gainDb: z
    .number()
    .min(-60)
    .max(6)
    .default(-12)
    .describe('Loudness of the music where nobody speaks, relative to the voice.'),
  duckingDb: z.number().min(-40).max(0).default(-12).describe('Further change of level under the voice.'),
  duckingAttackSeconds: z.number().min(0.01).max(5).default(0.3).describe('How fast it gets out of the way.'),
  duckingReleaseSeconds: z.number().min(0.01).max(10).default(0.8).describe('How fast it comes back.'),
  loop: z.boolean().default(true).describe('Begins again as long as the video lasts.'),
  startSeconds: z.number().min(0).default(0).describe('Where in the file it begins.'),
  fadeInSeconds: z.number().min(0).max(30).default(0).describe('From silence, at its beginning.'),
  fadeOutSeconds: z.number().min(0).max(30).default(1.5).describe('To silence, at the end of the video.'),
});

/** The level of the whole programme. */
export const loudnessSchema = z.strictObject({
  lufs: z.number().min(-36).max(-6).default(-14).describe('Integrated loudness to reach (ITU-R BS.1770-4).'),
  truePeakDbtp: z.number().min(-12).max(0).default(-1).describe('Never exceeded.'),
});

export type Voice = z.output<typeof voiceSchema>;
export type VoiceOver = z.output<typeof voiceOverSchema>;
export type Music = z.output<typeof musicSchema>;
export type LoudnessGoal = z.output<typeof loudnessSchema>;
