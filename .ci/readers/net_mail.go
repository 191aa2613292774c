// What Go's net/mail and mime see in each message of a stream: a line of JSON each.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"os"
	"strings"
)

type seen struct {
	Subject  string      `json:"subject"`
	From     [][2]string `json:"from"`
	To       [][2]string `json:"to"`
	Ids      []string    `json:"ids"`
	Filename string      `json:"filename"`
}

func addresses(header mail.Header, name string) [][2]string {
	found := [][2]string{}
	list, err := header.AddressList(name)
	if err != nil {
		return [][2]string{{"error", err.Error()}}
	}
	for _, address := range list {
		found = append(found, [2]string{address.Name, address.Address})
	}
	return found
}

func read(octets []byte) seen {
	message, err := mail.ReadMessage(bytes.NewReader(octets))
	if err != nil {
		return seen{Subject: "error: " + err.Error()}
	}
	header := message.Header
	subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
	if err != nil {
		subject = "error: " + err.Error()
	}
	_, parameters, err := mime.ParseMediaType(header.Get("Content-Disposition"))
	if err != nil {
		parameters = map[string]string{"filename": "error: " + err.Error()}
	}
	ids := strings.Fields(header.Get("References"))
	return seen{subject, addresses(header, "From"), addresses(header, "To"), ids, parameters["filename"]}
}

func main() {
	stream, out := bufio.NewReader(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var size int
		if _, err := fmt.Fscanf(stream, "%d\n", &size); err != nil {
			return
		}
		octets := make([]byte, size)
		if _, err := io.ReadFull(stream, octets); err != nil {
			panic(err)
		}
		out.Encode(read(octets))
	}
}
