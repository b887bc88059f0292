/**
 * The pool of tasks that ask or listen to web servers. They need no processor, so that one which listens for hours takes no
 * slot from fetching and publishing. Only the machine of the worker has it.
 */
export const webPool = "web";
