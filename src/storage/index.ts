export { contactSecret } from "./contact-secret.js";
export {
  defaultWaitPolicy,
  type Environment,
  isProcessRunning,
  nodeVersion,
  processId,
  readEnvironment,
  type Workspace,
  workspaceAt,
} from "./environment.js";
export { readTextFile, replaceFile, sha256OfFile, writeFileAtomically } from "./files.js";
export { folderHashes, matchesHashes } from "./folder-hashes.js";
export { readWhole } from "./read-whole.js";
export { replaceFolder, restoreFolder } from "./replace-folder.js";
export { withTemporaryFolder } from "./temporary-folder.js";
export { LOCK_WAIT, type LockOptions, lockOptions, withLock } from "./with-lock.js";
