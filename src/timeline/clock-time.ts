/**
 * Seconds of a time written as on a clock: `1:02:03`, `2:03`, `00:02:03.450`, or with a decimal comma. Minutes and seconds
 * are below 60, seconds and minutes behind hours have two digits, and nothing else is around; undefined otherwise.
 */
export function parseClockTime(text: string): number | undefined {
  const match = clockTime.exec(text);
  if (match === null) return undefined;
  const {
    hours = '0',
    minutes = '0',
    longMinutes = minutes,
    seconds = '0',
    fraction = '0',
  } = match.groups ?? {};
  return Number(hours) * 3600 + Number(longMinutes) * 60 + Number(`${seconds}.${fraction}`);
}

const clockTime =
  /^(?:(?<hours>\d{1,4}):(?<longMinutes>[0-5]\d)|(?<minutes>[0-5]?\d)):(?<seconds>[0-5]\d)(?:[.,](?<fraction>\d{1,9}))?$/;
