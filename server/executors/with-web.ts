import type { JobHandle, Runner } from "@/server/executors/runner";

/**
 * The runner of this machine, which also does what is asked of web servers: one site, one scratch root, one list of slots.
 * @param jobs  runs what is no web job, and gives the name
 */
export function withWeb(jobs: Runner, web: Runner): Runner {
  const runnerOf = async (handle: JobHandle) => {
    if (handle.jobId === "web") return web;
    const [found] = handle.jobId === "" ? await web.findByToken([handle]) : [];
    return found ? web : jobs;
  };
  return {
    ...jobs,
    submit: (job, signal) => (job.web === undefined ? jobs : web).submit(job, signal),
    poll: async (handles, signal) => {
      const runners = await Promise.all(handles.map(runnerOf));
      const [ours, theirs] = await Promise.all(
        [web, jobs].map((runner) =>
          runner.poll(
            handles.filter((_, index) => runners[index] === runner),
            signal,
          ),
        ),
      );
      const [webStatuses, jobStatuses] = [[...(ours ?? [])], [...(theirs ?? [])]];
      return runners.map((runner) => (runner === web ? webStatuses : jobStatuses).shift() ?? { state: "missing" });
    },
    cancel: async (handle, graceSeconds, signal) => (await runnerOf(handle)).cancel(handle, graceSeconds, signal),
    findByToken: async (list, signal) => {
      const [ours, theirs] = await Promise.all([web.findByToken(list, signal), jobs.findByToken(list, signal)]);
      return list.map((_, index) => ours[index] ?? theirs[index] ?? null);
    },
  };
}
