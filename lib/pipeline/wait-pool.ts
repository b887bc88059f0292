/**
 * The pool of tasks that have waited: what they take of it is the moment in which their record is written or a file is
 * fetched. Only the machine of the worker has it.
 */
export const waitPool = "waits";
