// Sends one usage event: go run produce.go BOOTSTRAP_SERVERS REGISTRY_URL SCHEMA_FILE
//
// Needs github.com/confluentinc/confluent-kafka-go/v2 and github.com/linkedin/goavro/v2. The registry's URL is that of
// Confluent's API, which for Apicurio ends in /apis/ccompat/v7; the schema file is schemas/src/main/avro/UsageEvent.avsc.
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
	"github.com/linkedin/goavro/v2"
)

const topic = "tokenmeter.usage-events"

// register gives the schema's id; registering the same schema again gives the same id.
func register(registryURL, schema string) (uint32, error) {
	body, err := json.Marshal(map[string]string{"schema": schema})
	if err != nil {
		return 0, err
	}
	url := registryURL + "/subjects/" + topic + "-value/versions"
	response, err := http.Post(url, "application/vnd.schemaregistry.v1+json", bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("the registry answered %s", response.Status)
	}
	var registered struct{ ID uint32 }
	return registered.ID, json.NewDecoder(response.Body).Decode(&registered)
}

// serialize writes the registry's wire format: a zero byte, the schema's id in four bytes, the Avro body.
func serialize(id uint32, schema string, event map[string]interface{}) ([]byte, error) {
	codec, err := goavro.NewCodec(schema)
	if err != nil {
		return nil, err
	}
	header := make([]byte, 5)
	binary.BigEndian.PutUint32(header[1:], id)
	return codec.BinaryFromNative(header, event)
}

func tokens(count int64) interface{} { return goavro.Union("long", count) }

func main() {
	bootstrapServers, registryURL, schemaFile := os.Args[1], os.Args[2], os.Args[3]
	schema, err := os.ReadFile(schemaFile)
	if err != nil {
		log.Fatal(err)
	}
	id, err := register(registryURL, string(schema))
	if err != nil {
		log.Fatal(err)
	}
	event := map[string]interface{}{ // fields that are left out have their defaults
		"event_id":          "go-1", // the same whenever this event is sent again
		"occurred_at":       time.Now(),
		"provider":          "openai",
		"model":             "gpt-4o-mini",
		"input_tokens":      tokens(1000), // includes the cache reads
		"cache_read_tokens": tokens(400),
		"output_tokens":     tokens(100),
	}
	value, err := serialize(id, string(schema), event)
	if err != nil {
		log.Fatal(err)
	}
	producer, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": bootstrapServers, "enable.idempotence": true, "acks": "all"})
	if err != nil {
		log.Fatal(err)
	}
	defer producer.Close()
	destination := topic
	delivered := make(chan kafka.Event, 1)
	err = producer.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &destination, Partition: kafka.PartitionAny},
		// run_id where there is one, so that a run stays in one partition, else event_id
		Key:   []byte(event["event_id"].(string)),
		Value: value,
	}, delivered)
	if err != nil {
		log.Fatal(err)
	}
	if message := (<-delivered).(*kafka.Message); message.TopicPartition.Error != nil {
		log.Fatal(message.TopicPartition.Error)
	}
	fmt.Println("sent", event["event_id"])
}
