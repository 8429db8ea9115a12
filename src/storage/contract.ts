/** A stored file. */
export interface StoredBlob {
  readonly key: string;
  readonly sizeBytes: number;
  /** Of its bytes, lower-case hex. */
  readonly sha256: string;
}

/**
 * Finished results by key. A key is `<kind>/<hash of the inputs>.<extension>`; a blob never changes and is either whole
 * or not there: it is written under a temporary name, fsynced, then renamed.
 */
export interface Storage {
  /** Undefined when it is not stored (or its bytes no longer match what was written). */
  find(key: string): Promise<StoredBlob | undefined>;
  /**
   * Moves a finished local file in. When the key is already there, the stored blob wins and the file is removed.
   *
   * @param sha256 of its bytes, for who has read them all.
   */
  putFile(key: string, file: string, sha256?: string): Promise<StoredBlob>;
  putBytes(key: string, bytes: Uint8Array): Promise<StoredBlob>;
  /** A local path from which the blob can be read. @throws when it is not stored. */
  localPath(key: string): Promise<string>;
  readBytes(key: string): Promise<Uint8Array>;
  remove(key: string): Promise<void>;
  /** A fresh, empty folder for one attempt of a task, on the same disk as the store. */
  createWorkFolder(name: string): Promise<string>;
  removeWorkFolder(folder: string): Promise<void>;
  /** Removes work folders that a killed process left behind. */
  clearWorkFolders(): Promise<void>;
  /** Bytes of all blobs together. */
  storedBytes(): Promise<number>;
  /** Bytes still free where blobs are written. */
  freeBytes(): Promise<number>;
}
