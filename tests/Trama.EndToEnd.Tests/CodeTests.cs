using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.EndToEnd.Tests;

/// <summary><c>trace --code</c>: what was hostile on the wire is one argument again, and nothing runs but the named program.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CodeTests : IDisposable
{
    // Quotes, substitutions, line ends, options, escapes and letters of other languages.
    internal static readonly string[] Hostile =
    [
        "';touch CANARY;'", "$(touch CANARY)", "`touch CANARY`", "a\\' b", "\"; touch CANARY; \"", "!x !! $HOME ${HOME} ~", "\\x41\\101\\n",
        "* ? [a] {a,b}", "é ☃ \\\\", "-o CANARY", "@/etc/passwd", "#no remark", "a'\"'b", "|& > < ()",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("trama-code-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Hostile.Length)];

    [Theory, MemberData(nameof(Cases))]
    public async Task Curl_gets_what_was_said(int index)
    {
        string said = Hostile[index];
        string capture = Talk(80, Encoding.UTF8.GetBytes(
            $"POST /a/{Escaped(said)} HTTP/1.1\r\nHost: h\r\nX-Said: {said}\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(said)}\r\n\r\n{said}"),
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8);
        string[] arguments = await ArgumentsOf("curl", capture);
        Assert.Contains($"X-Said: {said}", arguments);
        Assert.Equal(said, arguments[Array.IndexOf(arguments, "--data-raw") + 1]);
        Assert.Contains(arguments, argument => argument.EndsWith("/a/" + Escaped(said), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Curl_waits_for_no_body_of_a_HEAD()
    {
        string capture = Talk(80, "HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n"u8, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n"u8);
        string[] arguments = await ArgumentsOf("curl", capture);
        Assert.Contains("--head", arguments);
        Assert.DoesNotContain("-X", arguments);
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Curl_gets_the_fields_of_http2(int index)
    {
        string said = Hostile[index];
        string[] arguments = await ArgumentsOf("curl", Talk(80, Http2Request("/a", ("x-said", said)), Http2Reply));
        Assert.Contains($"x-said: {said}", arguments);
        Assert.Contains("Host: h", arguments);
        Assert.Contains("--http2-prior-knowledge", arguments);
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Grpcurl_gets_what_a_call_says_beside_its_message(int index)
    {
        string said = Hostile[index];
        byte[] request = Http2Request("/cats.Cats/Feed", ("content-type", "application/grpc"), ("te", "trailers"), ("x-said", said));
        string[] arguments = await ArgumentsOf("grpcurl", Talk(80, request, Http2Reply));
        Assert.Equal($"x-said: {said}", arguments[Array.IndexOf(arguments, "-H") + 1]);
        Assert.Equal("cats.Cats/Feed", arguments[^1]);
    }

    [Fact]
    public async Task Credentials_of_http2_are_withheld()
    {
        string capture = Talk(80, Http2Request("/a", ("authorization", "Bearer sesame"), ("cookie", "a=sesame")), Http2Reply);
        foreach (string tongue in (string[])["curl", "csharp"])
        {
            TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", capture, "--code", tongue]);
            Assert.DoesNotContain("sesame", ended.Output, StringComparison.Ordinal);
            Assert.Contains("WITHHELD", ended.Output, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Httpie_gets_what_was_said(int index)
    {
        string said = Hostile[index];
        string capture = Talk(80, Encoding.UTF8.GetBytes($"GET /a HTTP/1.1\r\nHost: h\r\nX-Said: {said}\r\n\r\n"),
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8);
        Assert.Contains($"X-Said: {said}", await ArgumentsOf("http", capture, "httpie"));
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Redis_gets_what_was_said(int index)
    {
        byte[] said = Encoding.UTF8.GetBytes(Hostile[index]);
        string capture = Talk(6379, [.. Encoding.ASCII.GetBytes($"*3\r\n$3\r\nSET\r\n$1\r\nk\r\n${said.Length}\r\n"), .. said, .. "\r\n"u8],
            "+OK\r\n"u8);
        string[] arguments = await ArgumentsOf("redis-cli", capture);
        Assert.Equal(["SET", "k", Hostile[index]], arguments[^3..]);
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Psql_gets_what_was_said(int index)
    {
        byte[] statement = Encoding.UTF8.GetBytes($"SELECT 1 /* {Hostile[index]} */");
        byte[] query = [(byte)'Q', 0, 0, 0, (byte)(statement.Length + 5), .. statement, 0];
        string capture = Talk(5432, query, [(byte)'C', 0, 0, 0, 13, .. "SELECT 1"u8, 0, (byte)'Z', 0, 0, 0, 5, (byte)'I']);
        Assert.Contains(Encoding.UTF8.GetString(statement), await ArgumentsOf("psql", capture));
    }

    [Theory]
    [InlineData("GET", "--output: CANARY")]
    [InlineData("M-SEARCH", "X-Said: a")]
    [InlineData("GET", "X-Said: a\\:b")]
    public async Task Httpie_is_not_given_what_it_would_take_for_something_else(string method, string field)
    {
        string capture = Talk(80, Encoding.UTF8.GetBytes($"{method} /a HTTP/1.1\r\nHost: h\r\n{field}\r\n\r\n"),
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8);
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", capture, "--code", "httpie"]);
        Assert.Empty(ended.Output);
        Assert.Contains("1 ", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curl_gets_a_body_that_no_argument_can_hold()
    {
        string said = new('a', 200_000);
        string capture = Talk(80, Encoding.UTF8.GetBytes($"POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: {said.Length}\r\n\r\n{said}"),
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8);
        Assert.Contains("@-", await ArgumentsOf("curl", capture));
    }

    [Fact]
    public async Task Psql_is_not_given_more_statements_than_the_server_took()
    {
        byte[] parse = [(byte)'P', 0, 0, 0, 33, 0, .. "SELECT 1; DROP TABLE cats"u8, 0, 0, 0];
        byte[] bind = [(byte)'B', 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0];
        string capture = Talk(5432, [.. parse, .. bind, (byte)'E', 0, 0, 0, 9, 0, 0, 0, 0, 0, (byte)'S', 0, 0, 0, 4],
            [(byte)'E', 0, 0, 0, 12, .. "SERROR"u8, 0, 0, (byte)'Z', 0, 0, 0, 5, (byte)'I']);
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", capture, "--code", "psql", "--credentials"]);
        Assert.Equal(0, ended.Code);
        Assert.DoesNotContain("DROP TABLE cats'", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Vault-Token: sesame")]
    [InlineData("X-Said: a\nAuthorization: Bearer sesame")]
    [InlineData("X-Amz-Security-Token: sesame")]
    public async Task Credentials_are_withheld_whatever_field_they_are_in(string field)
    {
        string capture = Talk(80, Encoding.UTF8.GetBytes($"GET /a HTTP/1.1\r\nHost: h\r\n{field}\r\n\r\n"),
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8);
        foreach (string tongue in (string[])["curl", "httpie", "csharp"])
        {
            TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", capture, "--code", tongue]);
            Assert.DoesNotContain("sesame", ended.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\"user\":\"a\",\"password\":\"sesame\"}")]
    [InlineData("user=a&pwd=sesame")]
    public async Task Credentials_are_withheld_in_what_is_sent(string body)
    {
        string capture = Talk(80, Encoding.UTF8.GetBytes($"POST /a HTTP/1.1\r\nHost: h\r\nReferer: http://me:sesame@h/\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}"), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8);
        foreach (string tongue in (string[])["curl", "httpie", "csharp"])
        {
            TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", capture, "--code", tongue]);
            Assert.DoesNotContain("sesame", ended.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Credentials_are_told_when_asked_for()
    {
        string capture = Talk(80, "GET /a HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer sesame\r\nCookie: sesame\r\n\r\n"u8,
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8);
        foreach (string tongue in (string[])["curl", "httpie", "csharp"])
        {
            TramaProcess.Ended plain = await TramaProcess.RunAsync(["trace", capture, "--code", tongue]);
            Assert.Contains("WITHHELD", plain.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("sesame", plain.Output, StringComparison.Ordinal);
            TramaProcess.Ended asked = await TramaProcess.RunAsync(["trace", capture, "--code", tongue, "--credentials"]);
            Assert.Contains("sesame", asked.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task CSharp_is_compiled_and_says_what_was_said()
    {
        List<string> code = [];
        foreach (string said in Hostile)
        {
            string capture = Talk(80, Encoding.UTF8.GetBytes(
                $"POST /a HTTP/1.1\r\nHost: h\r\nX-Said: {said}\r\nContent-Length: {Encoding.UTF8.GetByteCount(said)}\r\n\r\n{said}"),
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8);
            code.Add((await TramaProcess.RunAsync(["trace", capture, "--code", "csharp"])).Output);
            capture = Talk(80, Http2Request("/a", ("x-said", said)), Http2Reply);
            code.Add((await TramaProcess.RunAsync(["trace", capture, "--code", "csharp"])).Output);
            Assert.Contains("x-said", code[^1], StringComparison.Ordinal);
        }

        string project = Path.Combine(_folder, "said");
        Directory.CreateDirectory(project);
        await File.WriteAllTextAsync(Path.Combine(project, "said.csproj"),
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>"
            + "<ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup></Project>", Token);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), string.Concat(code), Token);
        (int exit, string output) = await RunAsync("dotnet", ["build", project, "--nologo", "-v", "q"],
            Environment.GetEnvironmentVariable("PATH")!);
        Assert.True(exit == 0, output);
    }

    // Settings; a status that stands in the static table, as the end of stream 1.
    private static byte[] Http2Reply => [0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1, 1, 5, 0, 0, 0, 1, 0x88];

    // The client's preface and settings, then a POST whose fields are literals, added to the table (RFC 7541 section 6.2.1).
    private static byte[] Http2Request(string path, params (string Name, string Value)[] fields)
    {
        List<byte> block = [0x83, 0x86];
        foreach ((string name, string value) in ((string, string)[])[(":path", path), (":authority", "h"), .. fields])
        {
            byte[] said = Encoding.UTF8.GetBytes(value);
            block.AddRange([0x40, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)said.Length, .. said]);
        }

        return [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, (byte)block.Count, 1, 5, 0, 0, 0, 1, .. block];
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Escaped(string said) => Uri.EscapeDataString(said).Replace("%27", "'", StringComparison.Ordinal)
        .Replace("%24", "$", StringComparison.Ordinal).Replace("%28", "(", StringComparison.Ordinal)
        .Replace("%29", ")", StringComparison.Ordinal).Replace("%3B", ";", StringComparison.Ordinal);

    // Runs the text in bash, in which no program can be found but one that notes its arguments.
    private async Task<string[]> ArgumentsOf(string program, string capture, string? tongue = null)
    {
        TramaProcess.Ended trama = await TramaProcess.RunAsync(["trace", capture, "--code", tongue ?? program, "--credentials"]);
        Assert.Equal(0, trama.Code);
        string bin = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName, noted = Path.Combine(_folder, "noted");
        string stub = Path.Combine(bin, program);
        await File.WriteAllTextAsync(stub, $"#!/bin/bash\nprintf '%s\\0' \"$@\" >> '{noted}'\n"
            + "[[ \" $* \" != *' @- '* ]] || while read -r -N 65536 _; do :; done\n", Token);
        File.SetUnixFileMode(stub, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        string script = Path.Combine(_folder, "script");
        await File.WriteAllTextAsync(script, trama.Output, Token);
        (int exit, string output) = await RunAsync("/bin/bash", [script], bin);
        Assert.True(exit == 0 && output.Length == 0, output + trama.Output);
        Assert.Equal(["bin", "noted", "script"], Directory.EnumerateFileSystemEntries(_folder).Select(path => Path.GetFileName(path))
            .Where(name => !name.EndsWith(".pcap", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        return (await File.ReadAllTextAsync(noted, Token)).Split('\0')[..^1];
    }

    private async Task<(int Exit, string Output)> RunAsync(string program, string[] arguments, string path)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = path;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(Token), error = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output + await error);
    }

    private string Talk(int port, ReadOnlySpan<byte> request, ReadOnlySpan<byte> reply) =>
        TalkCapture.Write(_folder, new Endpoint(IpAddress.FromIpv4(0x0a000002), (ushort)port), request, reply);
}
