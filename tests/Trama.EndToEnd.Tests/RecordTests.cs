using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

[UnsupportedOSPlatform("windows")]
public class RecordTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Theory]
    [InlineData("")]
    [InlineData("--udp")]
    public async Task A_record_is_for_its_owner_alone_and_an_old_one_is_narrowed(string option)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["wide"], "old", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(folder["wide"], Owner | UnixFileMode.OtherRead);
        foreach (string name in new[] { "new", "wide" })
        {
            await using TramaProcess server = TramaProcess.Start(
                ["serve", "--port", "0", "--record", folder[name], .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
            await server.LineAsync(line => line.StartsWith("Server listening", StringComparison.Ordinal));
            server.Signal("TERM");
            TramaProcess.Ended ended = await server.EndAsync();
            Assert.Equal(0, ended.Code);
            Assert.Equal(name == "wide", ended.Errors.Contains("could be read by others", StringComparison.Ordinal));
            Assert.Equal(Owner, File.GetUnixFileMode(folder[name]));
            Assert.StartsWith("{\"type\":\"listening\"", await File.ReadAllTextAsync(folder[name], TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task On_a_full_disk_it_ends_in_whole_lines()
    {
        using var folder = new TemporaryFolder();
        // A limit on the size of files, which is met as the end of a disk is: in the middle of a write.
        string limited = $"export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 8; exec {TramaProcess.Binary} serve --port 0 "
            + $"--keep-open --echo --record {folder["events"]}";
        await using TramaProcess server = TramaProcess.Start("/bin/sh", ["-c", limited]);
        using (Socket client = await ServeTests.ConnectAsync(await ServeTests.PortAsync(server)))
        {
            try
            {
                byte[] message = [.. Enumerable.Repeat((byte)'x', 100)];
                do client.Send(message);
                while (client.Receive(message) > 0);
            }
            catch (SocketException)
            {
                // The server has ended.
            }
        }

        TramaProcess.Ended ended = await server.EndAsync();
        Assert.Equal(1, ended.Code);
        string events = await File.ReadAllTextAsync(folder["events"], TestContext.Current.CancellationToken);
        Assert.InRange(events.Length, 1000, 4096);
        Assert.EndsWith("}\n", events, StringComparison.Ordinal);
        foreach (string line in events.Split('\n', StringSplitOptions.RemoveEmptyEntries)) JsonDocument.Parse(line);
    }
}
