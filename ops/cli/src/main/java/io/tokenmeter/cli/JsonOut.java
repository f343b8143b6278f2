package io.tokenmeter.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Prints one JSON document. */
public final class JsonOut {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonOut() {}

  /** Writes the fields of the object. */
  public interface Body {
    /** Writes the fields. */
    void write(JsonGenerator json) throws IOException;
  }

  /** Prints an object and ends the line. */
  public static void print(PrintWriter out, Body body) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    }
    out.println(text);
  }
}
