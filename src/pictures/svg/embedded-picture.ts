/**
 * The bytes of a picture that is written into an SVG file as a data URI. Undefined for anything else: only these pictures
 * are decoded by what draws SVG, and only after their sizes have been looked at.
 */
export function embeddedPicture(target: string): Buffer | undefined {
  const [, base64] = /^data:image\/(?:png|jpe?g|webp);base64,([A-Za-z0-9+/=\s]*)$/i.exec(target) ?? [];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}
