namespace Trama.EndToEnd.Tests;

/// <summary>What keeps <c>trama serve</c> from its start.</summary>
public class ServeErrorTests
{
    [Theory]
    [InlineData("--port 65536", 2, "--port: expected a number from 0 to 65535, got '65536'")]
    [InlineData("--port x", 2, "--port: expected a number from 0 to 65535, got 'x'")]
    [InlineData("--bind nowhere", 2, "--bind: expected an IP address such as 127.0.0.1 or ::1, got 'nowhere'")]
    [InlineData("--idle 5", 2, "--idle: expected a duration such as 500ms, 2s or 1m, got '5'")]
    [InlineData("--max-message 1QB", 2, "--max-message: expected a size such as 1024, 64KiB or 1MB, got '1QB'")]
    [InlineData("--allow 1.2.3.4/33", 2, "--allow: expected addresses or networks such as 127.0.0.1 or 192.0.2.0/24, got '1.2.3.4/33'")]
    [InlineData("--port 0 --record /nowhere/x", 1, "/nowhere/x: the folder /nowhere does not exist")]
    [InlineData("--no-delay maybe", 2, "--no-delay: expected off, on, got 'maybe'")]
    [InlineData("--once=5", 2, "unexpected argument '5'; --once takes no value")]
    [InlineData("--port 1 --port 2", 2, "--port can be there only once")]
    [InlineData("--mss 87", 2, "--mss: expected a number from 88 to 32767, got '87'")]
    [InlineData("--keep-alive 0s", 2, "--keep-alive: expected a duration of 1s or more, got '0s'")]
    [InlineData("--unix /tmp/x --mss 500", 2, "--unix and --mss exclude each other")]
    [InlineData("--echo --sink", 2, "--echo and --sink exclude each other")]
    [InlineData("--source 0", 2, "--source: expected a size such as 1024, 64KiB or 1MB, got '0'")]
    [InlineData("--exec no-such-command", 1, "--exec: no such command: 'no-such-command'")]
    [InlineData("--reply-file /nowhere/x", 1, "/nowhere/x: ")]
    [InlineData("--rules /nowhere/x", 1, "/nowhere/x: ")]
    [InlineData("--cert x", 2, "--cert needs --tls")]
    [InlineData("--tls --cert /nowhere/x.pem", 1, "/nowhere/x.pem: ")]
    [InlineData("--tls --cert /dev/null", 1, "/dev/null: no certificate in PEM form")]
    [InlineData("--fault slowly", 2, "--fault: unknown fault 'slowly'; there are: latency=50ms~10ms,")]
    [InlineData("--fault slice=3,latency=50", 2, "--fault: expected latency=50ms | latency=50ms~10ms, got 'latency=50'")]
    [InlineData("--fault chance=101%", 2, "--fault: expected chance=0.1 | chance=10%, got 'chance=101%'")]
    [InlineData("--framing words", 2, "--framing: expected one of raw, lines, delimiter:HEX,")]
    [InlineData("--framing turns", 2, "--framing: 'turns' is for who sees both sides; a peer takes one of raw,")]
    [InlineData("--framing delimiter:0g", 2, "the delimiter of 'delimiter:0g' is not pairs of hexadecimal digits (column 12)")]
    [InlineData("--framing length:u8+200 --reply x", 2, "--reply: 1 bytes do not fit the length of the framing length:u8+200")]
    [InlineData("--echo --reply x", 2, "--reply and --echo exclude each other")]
    [InlineData("--quiet --json", 2, "--quiet and --json exclude each other")]
    [InlineData("--port 0 --bind 192.0.2.1", 1, "192.0.2.1 is no address of this machine")]
    public async Task What_cannot_be_done_is_told_in_one_line(string options, int code, string expected)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["serve", .. options.Split(' ')]);
        Assert.Equal(code, ended.Code);
        Assert.Equal("", ended.Output);
        Assert.StartsWith($"trama: {expected}", ended.Errors, StringComparison.Ordinal);
        Assert.Equal(1, ended.Errors.Count(character => character == '\n'));
    }

    [Theory]
    [InlineData("en", "is taken")]
    [InlineData("pt", "está em uso")]
    public async Task A_taken_port_is_told_with_what_to_try(string language, string words)
    {
        await using TramaProcess first = TramaProcess.Start("serve", "--port", "0");
        int port = await ServeTests.PortAsync(first);
        TramaProcess.Ended second = await TramaProcess.RunAsync(["serve", "--port", $"{port}", "--lang", language]);
        Assert.Equal(1, second.Code);
        Assert.Contains($"{port} {words}", second.Errors, StringComparison.Ordinal);
        Assert.Contains("--port 0", second.Errors, StringComparison.Ordinal);
    }
}
