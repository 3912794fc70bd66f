/** Thrown when a native library is missing, is not what it should be, or refuses a call. */
export class NativeLibraryError extends Error {
  override readonly name = "NativeLibraryError";
}
