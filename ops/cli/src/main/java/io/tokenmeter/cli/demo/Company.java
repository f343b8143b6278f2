package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.demo.Workflow.Schedule;
import java.util.List;

/** The company whose usage the demo shows: a handful of teams, each with agents of its own. */
final class Company {

  /** Runs on the company's own hardware; nobody has set its internal price yet. */
  static final String UNPRICED_PROVIDER = "in-house";

  /** The model that has no price when the demo starts. */
  static final String UNPRICED_MODEL = "house-llm-7b";

  /** A ReAct loop: one of its runs is lost. */
  static final String REVIEW = "code-review";

  /** A retrieval pipeline with lookups side by side. */
  static final String SUPPORT = "support-answers";

  /** Agents that hand work on. */
  static final String RESEARCH = "market-research";

  /** The key that strangers get hold of. */
  static final String LEAKED_KEY = "key-storefront-prod";

  static final String OPENAI = "openai";
  static final String ANTHROPIC = "anthropic";
  private static final String GOOGLE = "google";
  private static final String MISTRAL = "mistral";

  private Company() {}

  /** Who runs what, at the times of a timeline. */
  static List<Workflow> workflows(Timeline timeline) {
    return List.of(
        new Workflow(
            SUPPORT,
            "support",
            "helpdesk",
            "key-helpdesk-prod",
            40,
            20,
            Schedule.BY_DAY,
            support()),
        new Workflow(
            REVIEW,
            "platform",
            "devtools",
            "key-devtools-ci",
            0,
            10,
            Schedule.BY_DAY,
            new ReActLoop("review", reviewStep(), comment(), 1600, 10)),
        new Workflow(
            RESEARCH, "insights", "research", "key-research", 0, 4, Schedule.BY_DAY, research()),
        new Workflow(
            "shop-assistant",
            "commerce",
            "storefront",
            LEAKED_KEY,
            60,
            25,
            Schedule.BY_DAY,
            new StepsInTurn(
                List.of(
                    Step.of("chat", "assistant", OPENAI, "gpt-4.1", 2400, 260).cached(0.5),
                    Step.of("recommend", "assistant", OPENAI, "gpt-4o-mini", 3300, 180)),
                4)),
        new Workflow(
            "catalogue-tags",
            "catalogue",
            "tagging",
            "key-tagging-prod",
            0,
            200,
            Schedule.BY_DAY,
            tagging(timeline)),
        new Workflow(
            "invoice-extraction",
            "finance",
            "invoices",
            "key-invoices-prod",
            25,
            25,
            Schedule.UNTIL_IT_BREAKS,
            new StepsInTurn(
                List.of(
                    Step.of("extract", "extractor", GOOGLE, "gemini-2.5-flash-lite", 3100, 520),
                    Step.of("verify", "verifier", MISTRAL, "mistral-small-3.2", 1200, 90)),
                1)),
        new Workflow(
            "daily-summaries",
            "insights",
            "reporting",
            "key-reporting-batch",
            0,
            6,
            Schedule.ALWAYS,
            new StepsInTurn(
                List.of(Step.of("summarise", "summariser", OPENAI, "gpt-5.4-mini", 8200, 480)), 5)),
        new Workflow(
            "translation",
            "localisation",
            "translation",
            "key-translation",
            0,
            10,
            Schedule.BY_DAY,
            new StepsInTurn(
                List.of(
                    Step.of("translate", "translator", MISTRAL, "mistral-large-3", 1300, 1350),
                    Step.of("proofread", "translator", OPENAI, "gpt-4o", 2700, 160)),
                1)),
        new Workflow(
            "contract-pilot",
            "legal",
            "pilot",
            "key-pilot",
            0,
            30,
            Schedule.NEW,
            new StepsInTurn(
                List.of(
                    Step.of("summarise", "clerk", UNPRICED_PROVIDER, UNPRICED_MODEL, 5200, 400)),
                3)));
  }

  /** What the reviewing agent does again and again. */
  static Step reviewStep() {
    return Step.of("think", "reviewer", ANTHROPIC, "claude-sonnet-4-6", 5200, 260);
  }

  private static Step comment() {
    return Step.of("comment", "reviewer", ANTHROPIC, "claude-sonnet-4-6", 5200, 800);
  }

  private static RunPlan support() {
    Step lookup = Step.of("", "retriever", OPENAI, "gpt-5.4-nano", 700, 40);
    return new RetrievalPipeline(
        "answer-question",
        Step.of("embed", "retriever", OPENAI, "text-embedding-3-small", 80, 0).embeddings(),
        List.of(
            lookup.named("retrieve-articles"),
            lookup.named("retrieve-tickets"),
            lookup.named("retrieve-orders")),
        Step.of("rerank", "retriever", OPENAI, "gpt-5.4-nano", 2400, 60),
        Step.of("answer", "responder", ANTHROPIC, "claude-sonnet-4-6", 5200, 420).cached(0.7));
  }

  private static RunPlan research() {
    return new HandOff(
        "report",
        Step.of("plan", "planner", OPENAI, "gpt-5.4", 1800, 1400).reasoning(0.7),
        List.of(
            Step.of("search", "researcher", ANTHROPIC, "claude-haiku-4-5", 2600, 300)
                .units("web_searches", 2),
            Step.of("read-page", "researcher", GOOGLE, "gemini-2.5-flash", 14000, 400)),
        2,
        3,
        List.of(
            Step.of("draft", "writer", OPENAI, "gpt-5.4", 16000, 2600).cached(0.3).reasoning(0.5),
            Step.of("polish", "writer", ANTHROPIC, "claude-haiku-4-5", 4200, 1500)));
  }

  /** Somebody changes the model's name in a configuration file. */
  private static RunPlan tagging(Timeline timeline) {
    Step tag = Step.of("tag", "tagger", OPENAI, "gpt-4o-mini", 1500, 60);
    RunPlan usual = new StepsInTurn(List.of(tag), 1);
    RunPlan moved = new StepsInTurn(List.of(tag.on("gpt-4o")), 1);
    return run -> (run.start().isBefore(timeline.taggingMoves()) ? usual : moved).write(run);
  }
}
