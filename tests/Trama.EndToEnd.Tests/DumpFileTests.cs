using System.Text.Json;
using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests;

public class DumpFileTests
{
    [Theory]
    [InlineData("-nr FILE")]
    [InlineData("-nnvvXr FILE")]
    [InlineData("-nr FILE -c2 tcp port 5000")]
    [InlineData("-nrFILE -c 3 -#tttt")]
    [InlineData("-r FILE port 5000 -n -q -e")]
    [InlineData("-r FILE -n -- tcp[13] & 2 != 0")]
    [InlineData("-nASr FILE")]
    [InlineData("-nttttt --nano -r FILE")]
    [InlineData("-nxxr FILE -l -K --immediate-mode -s0 -B 100 -p")]
    [InlineData("-nr FILE --count")]
    [InlineData("-r FILE -d port 80")]
    [InlineData("-r FILE -dd port 80")]
    [InlineData("-r FILE -ddd -O port 80")]
    public async Task Takes_the_options_of_tcpdump_and_prints_the_same(string line)
    {
        _ = TestData.Program("tcpdump");
        string[] args = [.. line.Split(' ').Select(arg => arg.Replace("FILE", Captures.Lesson, StringComparison.Ordinal))];
        TramaProcess.Ended theirs = await TramaProcess.RunAsync("tcpdump", args);
        TramaProcess.Ended ours = await TramaProcess.RunAsync(["dump", .. args]);
        Assert.Equal(theirs.Output, ours.Output);
        Assert.Equal(theirs.Errors, ours.Errors);
        Assert.Equal(0, ours.Code);
    }

    [Theory]
    [InlineData("-r /nowhere", 1, "trama: /nowhere: no such file")]
    [InlineData("-r /nowhere --lang pt", 1, "trama: /nowhere: arquivo não encontrado")]
    [InlineData("-r /dev/null", 1, "trama: /dev/null is empty")]
    [InlineData("-r /dev/null --lang pt", 1, "trama: /dev/null está vazio")]
    [InlineData("-r /etc/passwd", 1, "trama: /etc/passwd is not a capture file")]
    [InlineData("-r /etc/passwd --lang pt", 1, "trama: /etc/passwd não é um arquivo de captura")]
    [InlineData("-r /tmp", 1, "trama: /tmp: is a folder")]
    [InlineData("-i nosuch", 1, "trama: nosuch: no such device (trama dump -D lists them)")]
    [InlineData("-i nosuch --lang pt", 1, "trama: nosuch: dispositivo inexistente (trama dump -D os lista)")]
    [InlineData("-d foo bar -y EN10MB", 2, "trama: the filter 'foo bar' is wrong: can't parse filter expression: syntax error")]
    [InlineData("-d foo bar -y EN10MB --lang pt", 2, "trama: o filtro 'foo bar' está errado: can't parse filter expression: syntax error")]
    [InlineData("-c 0", 2, "trama: -c: expected a number from 1 to 9223372036854775807, got '0' (trama dump --help)")]
    [InlineData("-c 0 --lang pt", 2, "trama: -c: esperava um número de 1 a 9223372036854775807, veio '0' (trama dump --help)")]
    [InlineData("-s -1", 2, "trama: -s: expected a number from 0 to 262144, got '-1' (trama dump --help)")]
    [InlineData("-Q up", 2, "trama: -Q: expected in|out|inout, got 'up' (trama dump --help)")]
    [InlineData("-nki lo", 2, "trama: unknown option '-k' (trama dump --help)")]
    [InlineData("-n -i", 2, "trama: option '-i' needs a value (trama dump --help)")]
    [InlineData("-r a -V b", 2, "trama: -V and -r are mutually exclusive (trama dump --help)")]
    public async Task Bad_input_is_told_in_one_line(string line, int code, string told)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["dump", .. line.Split(' ')]);
        Assert.Equal(told + "\n", ended.Errors);
        Assert.Equal("", ended.Output);
        Assert.Equal(code, ended.Code);
    }

    [Theory]
    [InlineData("en", "is cut (truncated dump file; tried to read 74 captured bytes, only got 20) after 1 packet")]
    [InlineData("pt", "está cortado (o pacote teria 74 bytes e só há 20) depois de 1 pacote")]
    public async Task A_file_cut_in_a_record_gives_the_whole_records_first(string language, string told)
    {
        byte[] whole = await File.ReadAllBytesAsync(Captures.Lesson, TestContext.Current.CancellationToken);
        string cut = Captures.Temporary("cut.pcap", whole[..(24 + 16 + 74 + 16 + 20)]);
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["dump", "-nr", cut, "--lang", language]);
        Assert.Equal(1, ended.Code);
        Assert.Single(ended.Output.TrimEnd('\n').Split('\n'));
        Assert.EndsWith($"trama: {cut} {told}\n", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_length_of_4_GiB_is_refused_after_what_came_before()
    {
        byte[] bytes = (await File.ReadAllBytesAsync(Captures.Lesson, TestContext.Current.CancellationToken))[..(24 + 16 + 74 + 16 + 20)];
        bytes.AsSpan(24 + 16 + 74 + 8, 4).Fill(0xff);
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["dump", "-nr", Captures.Temporary("huge.pcap", bytes)]);
        Assert.Equal(1, ended.Code);
        Assert.Single(ended.Output.TrimEnd('\n').Split('\n'));
        Assert.Contains("invalid packet capture length", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Written_packets_are_those_that_were_read()
    {
        string path = Captures.Temporary("out.pcap", []);
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["dump", "-r", Captures.Lesson, "-w", path]);
        Assert.Equal(0, ended.Code);
        Assert.Equal(await File.ReadAllBytesAsync(Captures.Lesson, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_pcapng_file_prints_the_same_as_its_pcap_file()
    {
        string path = Captures.Temporary("out.pcapng", []);
        await TramaProcess.RunAsync(["dump", "-r", Captures.Lesson, "-w", path]);
        TramaProcess.Ended pcap = await TramaProcess.RunAsync(["dump", "-nr", Captures.Lesson]);
        TramaProcess.Ended pcapng = await TramaProcess.RunAsync(["dump", "-nr", path]);
        Assert.Equal(pcap.Output, pcapng.Output);
        Assert.Equal(0, pcapng.Code);
    }

    [Fact]
    public async Task A_list_of_files_is_read_one_after_another()
    {
        string list = Captures.Temporary("list", System.Text.Encoding.UTF8.GetBytes($"{Captures.Lesson}\n{Captures.Lesson}\n"));
        TramaProcess.Ended once = await TramaProcess.RunAsync(["dump", "-ntr", Captures.Lesson, "--count"]);
        TramaProcess.Ended twice = await TramaProcess.RunAsync(["dump", "-ntV", list, "--count"]);
        Assert.Equal(2 * int.Parse(once.Output.Split(' ')[0]), int.Parse(twice.Output.Split(' ')[0]));
    }

    [Theory]
    [InlineData("en", "trama: /dev/full: no space left")]
    [InlineData("pt", "trama: /dev/full: não há mais espaço em disco")]
    public async Task A_full_disk_is_told_with_the_name_of_the_file(string language, string told)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["dump", "-r", Captures.Lesson, "-w", "/dev/full", "--lang", language]);
        Assert.Equal(1, ended.Code);
        Assert.EndsWith(told + "\n", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dump -nr FILE")]
    [InlineData("dump -nr FILE --json")]
    [InlineData("dump -r FILE --count")]
    [InlineData("dump -r FILE -d tcp")]
    [InlineData("dump --version")]
    [InlineData("dump -D")]
    [InlineData("trace FILE")]
    [InlineData("follow FILE")]
    [InlineData("--version")]
    [InlineData("--help")]
    public async Task Standard_output_that_is_full_or_not_there_is_told_in_one_line(string line)
    {
        string args = line.Replace("FILE", Captures.Lesson, StringComparison.Ordinal);
        TramaProcess.Ended full = await TramaProcess.RunAsync("sh", ["-c", $"'{TramaProcess.Binary}' {args} > /dev/full"]);
        Assert.EndsWith("trama: standard output: no space left\n", full.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", full.Errors, StringComparison.Ordinal);
        Assert.Equal(1, full.Code);
        // What the runtime opens for itself may take the place of a closed one, and nothing fails then.
        TramaProcess.Ended closed = await TramaProcess.RunAsync("sh", ["-c", $"'{TramaProcess.Binary}' {args} >&-"]);
        Assert.DoesNotContain("   at ", closed.Errors, StringComparison.Ordinal);
        Assert.InRange(closed.Code, 0, 1);
    }

    [Theory]
    [InlineData("2> /dev/full")]
    [InlineData("2>&-")]
    public async Task Standard_error_that_takes_nothing_does_not_stop_the_command(string target)
    {
        TramaProcess.Ended whole = await TramaProcess.RunAsync(["dump", "-nr", Captures.Lesson]);
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            "sh", ["-c", $"'{TramaProcess.Binary}' dump -nr '{Captures.Lesson}' {target}"]);
        Assert.Equal(whole.Output, ended.Output);
        Assert.Equal(0, ended.Code);
        TramaProcess.Ended missing = await TramaProcess.RunAsync("sh", ["-c", $"'{TramaProcess.Binary}' dump -r /nowhere {target}"]);
        Assert.Equal(1, missing.Code);
    }

    [Theory]
    [InlineData("-nr FILE")]
    [InlineData("-r FILE -w -")]
    public async Task A_closed_standard_output_ends_the_command_quietly(string line)
    {
        string args = line.Replace("FILE", Captures.Lesson, StringComparison.Ordinal);
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            "sh", ["-c", $"(sleep 0.3; {TramaProcess.Binary} dump {args}; echo code=$? >&2) | true"]);
        Assert.EndsWith("code=0\n", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("trama:", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_from_one_dump_to_another_carries_every_packet()
    {
        TramaProcess.Ended direct = await TramaProcess.RunAsync(["dump", "-nr", Captures.Lesson]);
        TramaProcess.Ended piped = await TramaProcess.RunAsync(
            "sh", ["-c", $"{TramaProcess.Binary} dump -r {Captures.Lesson} -w - | {TramaProcess.Binary} dump -n -r -"]);
        Assert.Equal(direct.Output, piped.Output);
    }

    [Fact]
    public async Task Json_has_every_packet_with_the_fields_of_its_segment()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["dump", "-nr", Captures.Lesson, "--json"]);
        using var document = JsonDocument.Parse(ended.Output);
        JsonElement packets = document.RootElement.GetProperty("packets");
        Assert.Equal(10, packets.GetArrayLength());
        JsonElement request = packets[3].GetProperty("segment");
        Assert.Equal("127.0.0.1:5000", request.GetProperty("destination").GetString());
        Assert.Equal(["ACK", "PSH"], request.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
        Assert.Equal("Olá, servidor!"u8.ToArray(), Convert.FromHexString(request.GetProperty("payload").GetString()!));
        TramaProcess.Ended lines = await TramaProcess.RunAsync(["dump", "-nr", Captures.Lesson, "--ndjson"]);
        Assert.Equal(packets.EnumerateArray().Select(packet => packet.GetRawText()), lines.Output.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Colour_leaves_the_text_as_it_is()
    {
        TramaProcess.Ended plain = await TramaProcess.RunAsync(["dump", "-nr", Captures.Lesson]);
        TramaProcess.Ended coloured = await TramaProcess.RunAsync(["dump", "-nr", Captures.Lesson, "--color", "always"]);
        Assert.Contains('\e', coloured.Output);
        Assert.Equal(plain.Output, Regex.Replace(coloured.Output, "\e\\[[0-9]+m", ""));
    }
}
