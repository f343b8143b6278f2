package io.tokenmeter.cli.demo;

/** What a run of a workflow does: which requests, one after the other or at once. */
interface RunPlan {

  /** Writes a run down from its first request to its end. */
  void write(RunScript run);
}
