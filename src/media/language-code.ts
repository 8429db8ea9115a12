/**
 * The three-letter code (ISO 639-2/T) by which MP4 names a language. Undefined, which players show as unknown, for a
 * language that has none here.
 *
 * @param tag BCP 47, e.g. `pt-BR`.
 */
export function languageCode(tag: string | undefined): string | undefined {
  const primary = tag?.split('-')[0]?.toLowerCase();
  if (primary === undefined) return undefined;
  return primary.length === 3 ? primary : threeLetters.get(primary);
}

const threeLetters = new Map(
  `af:afr am:amh an:arg ar:ara as:asm az:aze ba:bak be:bel bg:bul bn:ben bs:bos ca:cat cs:ces cv:chv cy:cym da:dan
  de:deu el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas fi:fin fr:fra ga:gle gd:gla gn:grn gu:guj he:heb hi:hin
  hr:hrv ht:hat hu:hun hy:hye ia:ina id:ind io:ido is:isl it:ita ja:jpn ka:kat kk:kaz kl:kal kn:kan ko:kor ku:kur
  ky:kir la:lat lb:ltz lt:lit lv:lav mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya nb:nob ne:nep nl:nld
  no:nor om:orm or:ori pa:pan pl:pol ps:pus pt:por qu:que ro:ron ru:rus sd:snd si:sin sk:slk sl:slv sq:sqi sr:srp
  sv:swe sw:swa ta:tam te:tel th:tha tk:tuk tn:tsn tr:tur tt:tat ug:uig uk:ukr ur:urd uz:uzb vi:vie yo:yor zh:zho`
    .split(/\s+/)
    .map((pair) => [pair.slice(0, 2), pair.slice(3)] as const),
);
