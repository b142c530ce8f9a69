namespace Trama.EndToEnd.Tests;

/// <summary>Names that would colour, retitle or reorder a terminal, in every place where a message repeats them.</summary>
public class HostileNameTests
{
    private const string Name = "a\e]0;title\a\e[31m\u202eb\u009b2J\u2066c\rd\ne";

    public static TheoryData<string> CommandLines =>
    [
        "dump -r {file}", "dump -n -r {capture}", "dump -r {capture} {name}", "dump -F {file}", "dump -V {file}",
        "dump -r {capture} -w {folder}/none/{name}", "dump -i {name}", "dump -y {name} -i lo",
        "dump -z {name} -C 1 -r {capture} -w {folder}/w", "dump --{name}", "dump -Z {name} -r {capture}", "trace {file}",
        "trace {capture}",
        "trace {capture} --ladder", "trace {capture} --html {folder}/none/{name}",
        "trace {capture} --framing {name}", "trace {capture} --sort {name}", "trace {capture} --where {name}",
        "trace {capture} --keys {file}", "trace -i {name}", "trace {cut}", "trace {capture} {capture}",
        "follow {file}", "follow {capture}", "follow {capture} {name}", "diagnose {capture}", "diagnose {cut}",
        "diagnose --explain {name}",
        "diagnose {capture} --fail-on {name}", "demo --fault {name}",
        "serve --port {name}", "serve --bind {name}", "serve --rules {file}", "serve --reply-file {file}", "serve --exec {name}",
        "serve --unix {folder}/none/{name}", "serve --record {folder}/none/{name}", "serve --tls --cert {file}",
        "serve --allow {name}", "serve --fault {name}", "send {name} 5000 hi", "send {name}", "send 127.0.0.1 {name}",
        "send --unix {folder}/{name} hi", "send 127.0.0.1 9 hi --proxy {name}", "send 127.0.0.1 9 hi --from {name}",
        "load {name} 5000", "load 127.0.0.1 9 --message @{file}", "load 127.0.0.1 9 --rate {name}", "relay {name} 127.0.0.1:9",
        "relay 0 {name}", "relay 0 127.0.0.1:9 --pcapng {folder}/none/{name}",
        "trace {capture} --parquet {folder}/{name}", "trace {capture} --csv {file}/{name}", "sql {name} {capture}", "sql @{name} {capture}",
        "sql SELECT {file}", "sql --parquet {folder}/none/{name} SELECT {capture}",
        "trace {capture} --otlp {name}", "trace {capture} --otlp http://{name}/", "trace {capture} --metrics {name}",
        "ps --process {name}", "ps --user {name} --container {name}", "ps --watch {name}",
        "view {file}", "view {capture} {name}", "web {name}", "web --port {name}", "web --bind {name}", "web -i {name}",
        "again {file}", "again {capture} --with {name}", "scrub {file} {folder}/out", "scrub {capture} {folder}/{name}", "scrub {capture} {folder}/none/{name}", "scrub {cut} {folder}/{name}",
        "trace {capture} --code {name}",
        "{name}", "help {name}", "completions {name}", "--lang {name}", "--color {name} trace",
    ];

    [Theory, MemberData(nameof(CommandLines))]
    public async Task No_message_lets_them_through(string line)
    {
        using var folder = new TemporaryFolder();
        string capture = folder[Name + ".pcap"], cut = folder[Name + "cut"];
        byte[] bytes = await File.ReadAllBytesAsync(Captures.Lesson, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(capture, bytes, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(cut, bytes[..^7], TestContext.Current.CancellationToken);
        string[] args = [.. line.Split(' ').Select(word => word.Replace("{file}", folder["none-" + Name], StringComparison.Ordinal)
            .Replace("{capture}", capture, StringComparison.Ordinal)
            .Replace("{cut}", cut, StringComparison.Ordinal).Replace("{name}", Name, StringComparison.Ordinal)
                .Replace("{folder}", folder["."], StringComparison.Ordinal))];
        foreach (string language in (string[])["en", "pt"])
        {
            TramaProcess.Ended ended = await TramaProcess.RunAsync(
                "env", [$"TRAMA_LANG={language}", "timeout", "20", TramaProcess.Binary, .. args]);
            Assert.DoesNotContain(ended.Output + ended.Errors, IsDangerous);
            // One line more would be one that the name has forged.
            Assert.DoesNotContain("\ne", ended.Errors, StringComparison.Ordinal);
        }
    }

    private static bool IsDangerous(char letter) =>
        (char.IsControl(letter) && letter is not ('\n' or '\t')) || char.GetUnicodeCategory(letter)
            == System.Globalization.UnicodeCategory.Format;
}
