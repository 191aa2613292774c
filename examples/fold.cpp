// fold.cpp - the library from C++: an output that is a std::string.
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

std::string fold(const std::string &name, const std::string &body)
{
    string_output folded = {{nullptr, 0, 0, grow}, {}};
    const mip_syntax syntax = mip_syntax_of(text_of(name));
    const mip_result result = mip_fold(text_of(name), text_of(body), syntax, &mip_smtp, &folded.output);

    if (result.status != MIP_OK)
        throw std::runtime_error(name + ": " + mip_reason(result.status) + " (at " + std::to_string(result.offset) + ")");
    folded.string.resize(folded.output.size);
    return folded.string;
}

} // namespace

int main(int count, char **arguments)
{
    try {
        for (int i = 1; i + 1 < count; i += 2)
            std::cout << fold(arguments[i], arguments[i + 1]);
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
