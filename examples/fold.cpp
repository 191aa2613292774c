// fold.cpp - fold.c in C++: fold header fields, each an argument "name: value", and print them.
//
//     fold "Subject: Lunch at the Café" "To: Zoë <zoe@example.com>"
//
// The output is a std::string.
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>

#include "msgidpolicy.h"

namespace
{

mip_text text_of(const std::string &string)
{
    return {string.data(), string.size()};
}

// The mip_output comes first, so that grow() finds the string beside it.
struct string_output {
    mip_output output;
    std::string string;
};

// No exception may leave it: C calls it.
int grow(mip_output *output, std::size_t capacity) noexcept
{
    std::string &string = reinterpret_cast<string_output *>(output)->string;

    try {
        string.resize(capacity);
    } catch (const std::exception &) {
        return -1;
    }
    output->data = &string[0];
    output->capacity = capacity;
    return 0;
}

// A field "name: value", folded.
std::string fold(const std::string &field)
{
    const std::size_t colon = field.find(':');

    if (colon == std::string::npos)
        throw std::runtime_error(field + ": there is no colon after a name");
    const std::string name = field.substr(0, colon);
    const std::size_t begin = field.find_first_not_of(" \t", colon + 1);
    const std::string body = begin == std::string::npos ? "" : field.substr(begin);
    mip_style style = mip_smtp;
    style.linesep = {"\n", 1}; // for a terminal; mail on the wire has the CRLF of mip_smtp
    string_output folded = {{nullptr, 0, 0, grow}, {}};
    const mip_result result = mip_fold(text_of(name), text_of(body), mip_syntax_of(text_of(name)), &style, &folded.output);

    if (result.status != MIP_OK)
        throw std::runtime_error(name + ": octet " + std::to_string(result.offset) + " of the " +
                                 (result.status == MIP_BAD_FIELD_NAME ? "name" : "value") + ": " + mip_reason(result.status));
    folded.string.resize(folded.output.size);
    return folded.string;
}

} // namespace

int main(int count, char **arguments)
{
    bool failed = count < 2;

    if (failed)
        std::cerr << "usage: fold \"name: value\" ...\n";
    for (int i = 1; i < count; i++) {
        try {
            std::cout << fold(arguments[i]);
        } catch (const std::exception &error) {
            std::cerr << error.what() << '\n';
            failed = true;
        }
    }
    return failed ? 1 : 0;
}
