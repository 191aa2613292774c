// What go-message (emersion) sees in each file: a line of JSON each.
package main

import (
	"encoding/json"
	"io"
	"os"
	"strings"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset"
	"github.com/emersion/go-message/mail"
)

type fields map[string][]any

func text(header mail.Header, name string) []any {
	if !header.Has(name) {
		return nil
	}
	decoded, err := header.Text(name)
	if err != nil {
		return []any{"error: " + err.Error()}
	}
	return []any{decoded}
}

func addresses(header mail.Header, name string) (found []any) {
	list, err := header.AddressList(name)
	if err != nil {
		return []any{[]string{"error", err.Error()}}
	}
	for _, address := range list {
		found = append(found, []string{address.Name, address.Address})
	}
	return found
}

func ids(header mail.Header, name string) (found []any) {
	list, err := header.MsgIDList(name)
	if err != nil {
		return []any{"error: " + err.Error()}
	}
	for _, id := range list {
		found = append(found, id)
	}
	return found
}

func raw(header mail.Header, name string) (found []any) {
	for each := header.FieldsByKey(name); each.Next(); {
		found = append(found, strings.TrimSpace(each.Value()))
	}
	return found
}

func parts(entity *message.Entity, seen fields) {
	entity.Walk(func(path []int, part *message.Entity, err error) error {
		if part == nil || !part.Header.Has("Content-Disposition") {
			return nil
		}
		header := mail.AttachmentHeader{Header: part.Header}
		if name, err := header.Filename(); err != nil {
			seen["filename"] = append(seen["filename"], "error: "+err.Error())
		} else {
			seen["filename"] = append(seen["filename"], name)
		}
		seen["content-id"] = append(seen["content-id"], part.Header.Get("Content-ID"))
		return nil
	})
}

func read(file io.Reader) any {
	entity, err := message.Read(file)
	if entity == nil {
		return map[string]string{"error": err.Error()}
	}
	header, seen := mail.Header{Header: entity.Header}, fields{}
	for _, name := range []string{"subject", "comments", "x-text"} {
		seen[name] = text(header, name)
	}
	for _, name := range []string{"from", "to", "cc", "reply-to"} {
		seen[name] = addresses(header, name)
	}
	for _, name := range []string{"message-id", "references", "in-reply-to"} {
		seen[name] = ids(header, name)
	}
	for _, name := range []string{"list-unsubscribe", "dkim-signature"} {
		seen[name] = raw(header, name)
	}
	parts(entity, seen)
	return seen
}

func main() {
	out := json.NewEncoder(os.Stdout)
	for _, name := range os.Args[1:] {
		file, err := os.Open(name)
		if err != nil {
			panic(err)
		}
		out.Encode(read(file))
		file.Close()
	}
}
