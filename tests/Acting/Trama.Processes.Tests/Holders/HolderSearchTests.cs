using System.Diagnostics;
using System.Globalization;
using Trama.Processes.Holders;

namespace Trama.Processes.Tests.Holders;

/// <summary>Which processes hold a socket, found without looking at all of them.</summary>
public class HolderSearchTests
{
    private const int Children = 12;

    // A server, and children of its children that have its socket until they are told to end.
    private const string Server = """
        import os, socket, sys
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        print(os.fstat(listener.fileno()).st_ino, flush=True)
        sys.stdin.readline()
        wait, end = os.pipe()
        for _ in range(12):
            child = os.fork()
            if child == 0:
                if os.fork(): os._exit(0)
                os.close(end)
                os.write(1, b"here\n")
                os.read(wait, 1)
                os._exit(0)
            os.waitpid(child, 0)
        sys.stdin.readline()
        os.close(end)
        sys.stdin.readline()
        """;

    // A program that is started has the sockets of who starts it for a moment.
    [Fact]
    public void Who_held_a_socket_is_found_again_after_others_had_it_for_a_while()
    {
        using Process server = Process.Start(new ProcessStartInfo(TestData.Program("python3"), ["-c", Server])
        { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            uint inode = uint.Parse(server.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            var search = new HolderSearch();
            Find(search, inode, everywhere: false);
            Assert.Equal([server.Id], Find(search, inode, everywhere: true));
            server.StandardInput.WriteLine();
            for (int i = 0; i < Children; i++) Assert.Equal("here", server.StandardOutput.ReadLine());
            Assert.Contains(server.Id, Find(search, inode, everywhere: false));
            server.StandardInput.WriteLine();
            Assert.True(SpinWait.SpinUntil(() => Find(new HolderSearch(), inode, everywhere: true).Length == 1, TimeSpan.FromSeconds(30)));
            Assert.Equal([server.Id], Find(search, inode, everywhere: false));
        }
        finally
        {
            server.Kill();
        }
    }

    private static int[] Find(HolderSearch search, uint inode, bool everywhere)
    {
        var found = new Dictionary<uint, List<Holder>>();
        search.Find(new HashSet<uint> { inode }, everywhere, found);
        return found.TryGetValue(inode, out List<Holder>? holders) ? [.. holders.Select(holder => holder.Process)] : [];
    }
}
