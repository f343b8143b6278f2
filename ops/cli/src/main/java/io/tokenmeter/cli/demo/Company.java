package io.tokenmeter.cli.demo;

import java.util.List;

/** The company whose usage the demo shows: a handful of teams, each with agents of its own. */
final class Company {

  /** Runs on the company's own hardware; nobody has set its internal price yet. */
  static final String UNPRICED_PROVIDER = "in-house";

  /** The model that has no price when the demo starts. */
  static final String UNPRICED_MODEL = "house-llm-7b";

  private static final String OPENAI = "openai";
  private static final String ANTHROPIC = "anthropic";
  private static final String GOOGLE = "google";
  private static final String MISTRAL = "mistral";

  static final List<Workflow> WORKFLOWS =
      List.of(
          new Workflow(
              "support-triage",
              "support",
              "helpdesk",
              "key-helpdesk-prod",
              "production",
              "standard",
              40,
              30,
              false,
              List.of(
                  Step.of("classify", "router", OPENAI, "gpt-4o-mini", 900, 30),
                  Step.of("find-articles", "retriever", OPENAI, "text-embedding-3-small", 280, 0)
                      .embeddings(),
                  Step.of("draft-answer", "responder", ANTHROPIC, "claude-sonnet-4-6", 5200, 420)
                      .cached(0.75),
                  Step.of("check-answer", "reviewer", OPENAI, "gpt-5.4-nano", 1500, 60))),
          new Workflow(
              "code-review",
              "platform",
              "devtools",
              "key-devtools-ci",
              "production",
              "standard",
              0,
              9,
              true,
              List.of(
                  Step.of("plan", "planner", ANTHROPIC, "claude-opus-4-6", 6200, 700),
                  Step.of("read-diff", "reader", ANTHROPIC, "claude-sonnet-4-6", 11000, 350)
                      .cached(0.85)
                      .repeated(6),
                  Step.of("comment", "writer", ANTHROPIC, "claude-sonnet-4-6", 7400, 900)
                      .cached(0.6))),
          new Workflow(
              "market-research",
              "insights",
              "research",
              "key-research",
              "production",
              "standard",
              0,
              5,
              true,
              List.of(
                  Step.of("plan", "planner", OPENAI, "gpt-5.4", 1800, 1400).reasoning(0.7),
                  Step.of("search", "searcher", ANTHROPIC, "claude-haiku-4-5", 2600, 300)
                      .units("web_searches", 2)
                      .repeated(4),
                  Step.of("read-page", "reader", GOOGLE, "gemini-2.5-flash", 14000, 400)
                      .repeated(8),
                  Step.of("synthesise", "planner", OPENAI, "gpt-5.4", 16000, 2600)
                      .cached(0.3)
                      .reasoning(0.5))),
          new Workflow(
              "invoice-extraction",
              "finance",
              "invoices",
              "key-invoices-prod",
              "production",
              "standard",
              25,
              22,
              false,
              List.of(
                  Step.of("extract", "extractor", GOOGLE, "gemini-2.5-flash-lite", 3100, 520),
                  Step.of("verify", "verifier", MISTRAL, "mistral-small-3.2", 1200, 90))),
          new Workflow(
              "shop-assistant",
              "commerce",
              "storefront",
              "key-storefront-prod",
              "production",
              "standard",
              60,
              20,
              false,
              List.of(
                  Step.of("chat", "assistant", OPENAI, "gpt-4o", 2400, 260).cached(0.5).repeated(4),
                  Step.of("recommend", "assistant", "deepseek", "deepseek-v3.2", 3300, 180))),
          new Workflow(
              "nightly-summaries",
              "insights",
              "reporting",
              "key-reporting-batch",
              "production",
              "batch",
              0,
              10,
              false,
              List.of(
                  Step.of("summarise", "summariser", OPENAI, "gpt-5.4-mini", 8200, 480)
                      .repeated(5))),
          new Workflow(
              "translation",
              "commerce",
              "storefront",
              "key-storefront-i18n",
              "production",
              "standard",
              0,
              9,
              false,
              List.of(
                  Step.of("translate", "translator", MISTRAL, "mistral-large-3", 1300, 1350),
                  Step.of("proofread", "translator", GOOGLE, "gemini-2.5-pro", 2700, 160)
                      .reasoning(0.4))),
          new Workflow(
              "contract-pilot",
              "legal",
              "pilot",
              "key-pilot",
              "staging",
              "standard",
              0,
              6,
              false,
              List.of(
                  Step.of("summarise", "clerk", UNPRICED_PROVIDER, UNPRICED_MODEL, 5200, 400)
                      .repeated(3))));

  private Company() {}
}
