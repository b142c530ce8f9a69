using System.Net;
using System.Net.Sockets;

namespace Trama.EndToEnd.Tests;

public class DemoTests
{
    [Theory]
    [InlineData("en", "Server listening on port ", "Message received: Olá, servidor!", "closed first")]
    [InlineData("pt", "Servidor escutando na porta ", "Mensagem recebida: Olá, servidor!", "fechou primeiro")]
    public async Task The_lesson_runs_is_captured_and_explained(string language, params string[] words)
    {
        await Captures.RequireLiveAsync();
        TramaProcess.Ended demo = await TramaProcess.RunAsync(["demo", "--lang", language]);
        Assert.Equal(0, demo.Code);
        foreach (string word in words) Assert.Contains(word, demo.Output, StringComparison.Ordinal);
        Assert.Contains("Mensagem recebida com sucesso!", demo.Output, StringComparison.Ordinal);
        // The packets are real: tcpdump's line of the request, and the ladder with both messages.
        Assert.Matches(@"\n +\d+  \d\d:\d\d:\d\d\.\d{6} IP 127\.0\.0\.1\.\d+ > 127\.0\.0\.1\.\d+: Flags \[P\.\], seq 1:16, ack 1, win \d+, options .*, length 15\n", demo.Output);
        Assert.Contains("15 B · “Olá, servidor!”", demo.Output, StringComparison.Ordinal);
        string explanation = Unwrapped(demo.Output);
        Assert.Contains("“Olá, servidor!” " + (language == "pt" ? "tem 14 caracteres" : "has 14 characters"), explanation,
            StringComparison.Ordinal);
        Assert.Contains("(c3 a1)", explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_port_is_taken_the_next_free_one_is_used_and_named()
    {
        await Captures.RequireLiveAsync();
        using var taken = new TcpListener(IPAddress.Any, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        TramaProcess.Ended demo = await TramaProcess.RunAsync(["demo", "--port", $"{port}"]);
        Assert.Equal(0, demo.Code);
        Assert.StartsWith($"Port {port} is taken by another program, so the demo uses port ", demo.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain($"--port {port} ", demo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_right_to_capture_it_takes_a_network_of_its_own()
    {
        _ = TestData.Program("unshare");
        _ = TestData.Program("setpriv");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "this test needs root, to become someone without rights");
        string[] nobody = ["--reuid", "65534", "--regid", "65534", "--clear-groups", "--"];
        TramaProcess.Ended allowed = await TramaProcess.RunAsync(
            "setpriv", [.. nobody, "unshare", "--user", "--map-root-user", "--net", "true"]);
        Assert.SkipUnless(allowed.Code == 0, "users may not make namespaces here");
        TramaProcess.Ended demo = await TramaProcess.RunAsync("setpriv", [.. nobody, TramaProcess.Binary, "demo"]);
        Assert.SkipWhen(demo.Code is 126 or 127, "the nobody user may not run the build");
        Assert.Equal(0, demo.Code);
        Assert.Contains("network of its own", demo.Errors, StringComparison.Ordinal);
        Assert.Contains("Flags [P.], seq 1:16", demo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_of_plain_letters_is_explained_without_UTF_8_surprises()
    {
        await Captures.RequireLiveAsync();
        TramaProcess.Ended demo = await TramaProcess.RunAsync(["demo", "--message", "Hello"]);
        Assert.Contains("“Hello” has 5 characters, and packet 4 carries 5 bytes, and each takes one byte", Unwrapped(demo.Output),
            StringComparison.Ordinal);
    }

    private static string Unwrapped(string text) =>
        string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
