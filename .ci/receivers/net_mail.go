// What Go's net/mail and mime see in each file: a line of JSON each.
package main

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"strings"
)

type fields map[string][]any

func text(header mail.Header, name string) []any {
	value := header.Get(name)
	if value == "" {
		return nil
	}
	decoded, err := new(mime.WordDecoder).DecodeHeader(value)
	if err != nil {
		return []any{"error: " + err.Error()}
	}
	return []any{decoded}
}

func addresses(header mail.Header, name string) (found []any) {
	if header.Get(name) == "" {
		return nil
	}
	list, err := header.AddressList(name)
	if err != nil {
		return []any{[]string{"error", err.Error()}}
	}
	for _, address := range list {
		found = append(found, []string{address.Name, address.Address})
	}
	return found
}

func words(value string) (found []any) {
	for _, word := range strings.Fields(value) {
		found = append(found, word)
	}
	return found
}

func filename(disposition string, seen fields) {
	_, parameters, err := mime.ParseMediaType(disposition)
	if err != nil {
		seen["filename"] = []any{"error: " + err.Error()}
	} else if name, there := parameters["filename"]; there {
		seen["filename"] = []any{name}
	}
}

// parts reads the attachments, or the header of a message that has no parts.
func parts(message *mail.Message, seen fields) {
	_, parameters, _ := mime.ParseMediaType(message.Header.Get("Content-Type"))
	reader := multipart.NewReader(message.Body, parameters["boundary"])
	if parameters["boundary"] == "" {
		if disposition := message.Header.Get("Content-Disposition"); disposition != "" {
			filename(disposition, seen)
		}
		return
	}
	for {
		part, err := reader.NextRawPart()
		if err != nil {
			return
		}
		if disposition := part.Header.Get("Content-Disposition"); disposition != "" {
			filename(disposition, seen)
			seen["content-id"] = []any{part.Header.Get("Content-ID")}
		}
	}
}

func read(octets []byte) any {
	message, err := mail.ReadMessage(bytes.NewReader(octets))
	if err != nil {
		return map[string]string{"error": err.Error()}
	}
	seen := fields{}
	for _, name := range []string{"subject", "comments", "x-text"} {
		seen[name] = text(message.Header, name)
	}
	for _, name := range []string{"from", "to", "cc", "reply-to"} {
		seen[name] = addresses(message.Header, name)
	}
	for _, name := range []string{"message-id", "references", "in-reply-to"} {
		seen[name] = words(message.Header.Get(name))
	}
	for _, name := range []string{"list-unsubscribe", "dkim-signature"} {
		seen[name] = []any{message.Header.Get(name)}
	}
	parts(message, seen)
	return seen
}

func main() {
	out := json.NewEncoder(os.Stdout)
	for _, name := range os.Args[1:] {
		file, err := os.Open(name)
		if err != nil {
			panic(err)
		}
		octets, _ := io.ReadAll(file)
		file.Close()
		out.Encode(read(octets))
	}
}
