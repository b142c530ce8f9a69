using System.Runtime.Versioning;
using System.Text;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.EndToEnd.Tests;

/// <summary><c>trace --code psql</c>, given to bash and to psql itself: a server is told what was said, and nothing else is done.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PsqlCodeTests
{
    // What psql takes for its own commands and variables, what ends a text or a remark, and what quotes in other ways.
    private static readonly string[] OfPsql =
    [
        "'; DROP TABLE cats; --", "\\'; DROP TABLE cats; --", "\\! touch CANARY", "\\gexec", "$$ $1 $tag$", ":'HOME' :HOME :\"HOME\"",
        "line\none\n\\! touch CANARY\n\\q", "/* ", "*/ --", "E'\\'' U&'\\0041'", "? %s", "\\", "''", "\\.",
    ];

    [Fact]
    public async Task What_was_said_is_said_again_whatever_it_was()
    {
        using var folder = new TemporaryFolder();
        await using PostgresqlServer server = await PostgresqlServer.StartAsync(folder);
        string canaries = Directory.CreateDirectory(folder["canaries"]).FullName;
        // Without frames around what is told.
        await File.WriteAllTextAsync(Path.Combine(canaries, "psql"),
            $"#!/bin/bash\nexec {PostgresqlServer.Program("psql")} -At \"$@\"\n", TestContext.Current.CancellationToken);
        await TramaProcess.RunAsync("/bin/chmod", ["+x", Path.Combine(canaries, "psql")]);
        foreach (string said in (string[])[.. CodeTests.Hostile, .. OfPsql])
        {
            Assert.Equal($"PREPARE\n{said}\nDEALLOCATE\n", await SayAsync(canaries, server.Port, Bound(said)));
            string literal = said.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal);
            Assert.Equal(said + "\n", await SayAsync(canaries, server.Port, Frame('Q', Text($"SELECT E'{literal}'"))));
            // The whole of it as a statement: an error of the server, and nothing of the shell or psql.
            await SayAsync(canaries, server.Port, Frame('Q', Text($"{said} SELECT 1 /* {said} */")));
        }

        Assert.Equal(["psql"], Directory.EnumerateFileSystemEntries(canaries).Select(path => Path.GetFileName(path))
            .Where(name => !name.EndsWith(".pcap", StringComparison.Ordinal)));
    }

    // A statement with a parameter.
    private static byte[] Bound(string said)
    {
        byte[] value = Encoding.UTF8.GetBytes(said);
        return
        [
            .. Frame('P', [0, .. Text("SELECT $1::text"), 0, 0]), .. Frame('B', [0, 0, 0, 0, 0, 1, 0, 0, 0, (byte)value.Length, .. value, 0, 0]),
            .. Frame('E', [0, 0, 0, 0, 0]), .. Frame('S', []),
        ];
    }

    private static byte[] Frame(char type, byte[] body) => [(byte)type, 0, 0, 0, (byte)(body.Length + 4), .. body];

    private static byte[] Text(string said) => [.. Encoding.UTF8.GetBytes(said), 0];

    // What psql prints, given what --code makes of this.
    private static async Task<string> SayAsync(string canaries, int port, byte[] asked)
    {
        byte[] startup = [0, 0, 0, 20, 0, 3, 0, 0, .. "user\0trama\0\0"u8], ready = Frame('Z', [(byte)'I']);
        string capture = TalkCapture.Write(canaries, new Endpoint(IpAddress.FromIpv4(0x7f000001), (ushort)port), [.. startup, .. asked],
            [.. Frame('R', [0, 0, 0, 0]), .. ready, .. Frame('C', Text("SELECT 1")), .. ready]);
        TramaProcess.Ended trama = await TramaProcess.RunAsync(["trace", capture, "--code", "psql", "--credentials"]);
        Assert.Equal(0, trama.Code);
        string[] bash =
        [
            "-c", "cd \"$0\" && PATH=$0:$PATH PGUSER=trama PGDATABASE=postgres PGSSLMODE=disable PGCLIENTENCODING=UTF8 exec /bin/bash /dev/stdin",
            canaries,
        ];
        return (await TramaProcess.RunAsync("/bin/bash", bash, trama.Output)).Output;
    }
}
