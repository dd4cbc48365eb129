/** Something about a backup that the person at the command line has to know; one sentence, or a few. */
export class BackupProblem extends Error {}
