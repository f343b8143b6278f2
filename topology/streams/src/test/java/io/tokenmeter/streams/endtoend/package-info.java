/** The application from producer to consumer, with the serializers and settings of production. */
package io.tokenmeter.streams.endtoend;
