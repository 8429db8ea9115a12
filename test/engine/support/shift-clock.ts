/** Sets the clock of this process forward or back, as somebody who sets the machine's would, until it is disposed of. */
export function shiftClock(milliseconds: number): Disposable {
  const RealDate = Date;
  class ShiftedDate extends RealDate {
    constructor(...parameters: [] | [number | string | Date]) {
      super(parameters[0] ?? RealDate.now() + milliseconds);
    }
    static override now(): number {
      return RealDate.now() + milliseconds;
    }
  }
  Object.assign(globalThis, { Date: ShiftedDate });
  return { [Symbol.dispose]: () => Object.assign(globalThis, { Date: RealDate }) };
}
