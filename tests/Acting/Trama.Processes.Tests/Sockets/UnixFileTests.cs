using System.Globalization;
using System.Net.Sockets;
using CsCheck;
using Trama.Processes.Sockets;

namespace Trama.Processes.Tests.Sockets;

/// <summary>The lines of /proc/PID/net/unix, as proc_pid_net(5) has them, and what the kernel answers about the same sockets.</summary>
public class UnixFileTests
{
    [Theory]
    [InlineData("000000009aad93fb: 00000003 00000000 00000000 0001 03 605182 /run/a socket", "/run/a socket", null)]
    [InlineData("000000009aad93fb: 00000003 00000000 00000000 0001 03 605592", null, null)]
    [InlineData("000000009aad93fb: 00000003 00000000 00000000 0001 03 605592 @hidden", null, null)]
    [InlineData("000000009aad93fb: 00000002 00000000 00010000 0001 01 605592 /run/listens", null, null)]
    [InlineData("000000009aad93fb: 00000002 00000000 00010000 0001 01 605592 @hidden", null, "hidden")]
    [InlineData("Num       RefCount Protocol Flags    Type St Inode Path", null, null)]
    public void Tells_connections_by_path_and_abstract_names(string line, string? path, string? name)
    {
        Assert.Equal(path, UnixFile.Connection(line)?.Path);
        Assert.Equal(name, UnixFile.AbstractName(line));
    }

    [Fact]
    public void Any_line_is_read_or_none() => Gen.String.Sample(line => (_, _) = (UnixFile.Connection(line), UnixFile.AbstractName(line)));

    [Fact]
    public void Any_answer_is_read_or_none() => Gen.Byte.Array[0, 99].Sample(bytes =>
    {
        if (UnixDiag.TryRead([1, .. bytes], out UnixConnection connection)) Assert.NotEmpty(connection.Path);
    });

    [Fact]
    public void The_kernel_tells_of_a_connection_and_who_began_it()
    {
        string path = Path.Combine(Path.GetTempPath(), $"trama-{Guid.NewGuid():N}");
        try
        {
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen();
            using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            client.Connect(new UnixDomainSocketEndPoint(path));
            using Socket server = listener.Accept();
            using var table = new SocketTable();
            UnixConnection asked = Assert.Single(table.ListUnix(), one => one.Path == path);
            UnixConnection read = Assert.Single(UnixFile.Connections(Environment.ProcessId), one => one.Path == path);
            Assert.Equal((InodeOf(server), InodeOf(server)), (asked.Inode, read.Inode));
            Assert.Equal(InodeOf(client), asked.Peer);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static uint InodeOf(Socket socket)
    {
        string link = new FileInfo($"/proc/self/fd/{socket.Handle}").LinkTarget!;
        return uint.Parse(link["socket:[".Length..^1], CultureInfo.InvariantCulture);
    }
}
