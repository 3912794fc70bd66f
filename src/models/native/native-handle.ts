/** Handles that the garbage collector frees if they were not closed. The callback must not hold the handle itself. */
const forgotten = new FinalizationRegistry<() => void>((free) => free());

/** An object of a native library: freed once, by {@link close} or, late, by the garbage collector. */
export class NativeHandle {
  readonly #what: string;
  readonly #free: () => void;
  #address: bigint | undefined;

  /**
   * @param what The name of it in errors, for example "XGBoost model".
   * @param free Frees what is at the address.
   */
  constructor(what: string, address: bigint, free: (address: bigint) => void) {
    this.#what = what;
    this.#address = address;
    this.#free = () => free(address);
    forgotten.register(this, this.#free, this);
  }

  /** @throws {TypeError} If it was closed. */
  get address(): bigint {
    if (this.#address === undefined)
      throw new TypeError(`Cannot use this ${this.#what}: it was closed before; load or fit it again`);
    return this.#address;
  }

  /** Frees the memory; a second call does nothing. */
  close(): void {
    if (this.#address === undefined) return;
    this.#address = undefined;
    forgotten.unregister(this);
    this.#free();
  }
}
