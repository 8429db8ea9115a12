export { isPublicAddress } from '../network/public-address.ts';
export { decodePicture } from './decode-picture.ts';
export { type FetchOptions, fetchRemote } from './fetch-remote.ts';
export { type InspectedPicture, inspectPicture } from './inspect-picture.ts';
export { type SniffedAsset, sniffAsset } from './sniff-asset.ts';
