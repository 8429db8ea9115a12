import type { FrameRateName } from './frame-rates.ts';
import type { Codec, Container, DeliveryName, Quality } from './output.ts';

/** What a site wants a video to be. */
export interface DeliveryPreset {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly fps: FrameRateName;
  readonly codec: Codec;
  readonly container: Container;
  readonly quality: Quality;
  /** The longest video the site takes; absent when it names none. A longer one deserves a warning. */
  readonly maximumSeconds?: number;
  readonly loudness: { readonly lufs: number; readonly truePeakDbtp: number };
  /** Where the site publishes these figures, and what it does not say. Sites change them: look there when in doubt. */
  readonly source: string;
}

const horizontal = { width: 1920, height: 1080 } as const;
const vertical = { width: 1080, height: 1920 } as const;
const everywhere = { fps: 30, codec: 'h264', container: 'mp4', quality: 'high' } as const;

/** Where most sites turn louder sound down to; the peak leaves room for their own encoding. */
const streamed = { lufs: -14, truePeakDbtp: -1 } as const;
const spoken = { lufs: -16, truePeakDbtp: -1 } as const;

/** Named by where the video goes. All are H.264 with AAC in an MP4 whose index comes first: what every site asks for. */
export const deliveryPresets = {
  youtube: {
    ...horizontal,
    ...everywhere,
    maximumSeconds: 12 * 3600,
    loudness: streamed,
    source:
      'YouTube Help, "Recommended upload encoding settings" and "Upload videos longer than 15 minutes" (12 hours, 15 minutes for unverified accounts). -14 LUFS is where its player was measured to turn sound down; no page of its says so.',
  },
  'youtube-4k': {
    width: 3840,
    height: 2160,
    ...everywhere,
    maximumSeconds: 12 * 3600,
    loudness: streamed,
    source: 'As youtube, at 2160p: YouTube Help, "Recommended upload encoding settings".',
  },
  shorts: {
    ...vertical,
    ...everywhere,
    maximumSeconds: 180,
    loudness: streamed,
    source:
      'YouTube Help, "Understand three-minute YouTube Shorts": square or vertical, up to 3 minutes. Loudness as youtube.',
  },
  tiktok: {
    ...vertical,
    ...everywhere,
    maximumSeconds: 3600,
    loudness: streamed,
    source:
      'TikTok Support, "Camera tools" (uploads up to 60 minutes) and TikTok Ads Manager, "Video ads specifications" (1080 x 1920, H.264). It publishes no loudness.',
  },
  reels: {
    ...vertical,
    ...everywhere,
    maximumSeconds: 180,
    loudness: streamed,
    source:
      'Instagram Help Center, "Reels sizes and aspect ratios" (9:16, at least 30 fps and 720 pixels), and its announcement of three-minute reels of January 2025. It publishes no loudness.',
  },
  linkedin: {
    ...horizontal,
    ...everywhere,
    maximumSeconds: 900,
    loudness: streamed,
    source:
      'LinkedIn Help, "Video sharing specifications": 256 x 144 to 4096 x 2304, 10 to 60 fps, 3 seconds to 15 minutes (10 in its app). It publishes no loudness.',
  },
  podcast: {
    ...horizontal,
    ...everywhere,
    quality: 'standard',
    loudness: spoken,
    source:
      'Apple Podcasts for Creators, "Audio requirements": about -16 LUFS, true peak at most -1 dBFS. 16:9 is what video podcasts on Apple Podcasts, Spotify and YouTube have in common.',
  },
} as const satisfies Record<DeliveryName, DeliveryPreset>;
