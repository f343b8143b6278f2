package io.tokenmeter.cli.demo;

import java.time.Instant;
import java.util.List;

/**
 * A question is answered from documents: embedded, looked up in several places at once, ranked and
 * answered.
 *
 * @param embed turns the question into a vector
 * @param retrieve the lookups that run at once
 * @param rerank sorts what they found
 * @param answer answers from the best
 */
record RetrievalPipeline(String span, Step embed, List<Step> retrieve, Step rerank, Step answer)
    implements RunPlan {

  @Override
  public void write(RunScript run) {
    Span root = run.open(span, null, null, run.start());
    Instant embedded = run.request(embed, root, run.start());
    Span lookups = run.open("retrieve", null, root, embedded);
    Instant found = embedded;
    for (Step lookup : retrieve) {
      Instant end = run.request(lookup, lookups, embedded);
      found = end.isAfter(found) ? end : found;
    }
    run.close(lookups, found);
    Instant ranked = run.request(rerank, root, found);
    run.finish(root, run.request(answer, root, ranked));
  }
}
