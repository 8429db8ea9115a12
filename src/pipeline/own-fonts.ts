import { brandFamilies } from '../drawing/index.ts';
import type { OwnFont } from '../media/register-fonts.ts';
import type { Brand } from '../protocol/index.ts';

/** The brand's fonts under the names they are drawn by. @param files Local files by source. */
export function ownFonts(brand: Brand | undefined, files: Readonly<Record<string, string>>): OwnFont[] {
  const { heading, body } = brand?.fonts ?? {};
  const fonts = [
    { family: brandFamilies.heading, source: heading },
    { family: brandFamilies.body, source: body },
  ];
  return fonts.flatMap(({ family, source }) => {
    const file = source === undefined ? undefined : files[source];
    return file === undefined ? [] : [{ family, file }];
  });
}
