using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trama.Framing.Tests.Tls;

/// <summary>A conversation of <c>openssl s_client</c> with <c>openssl s_server -rev</c>, which answers each line with the line reversed.
/// What passes between them goes through the test, which keeps it, and their secrets.</summary>
internal sealed class OpensslConversation : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trama-openssl-");
    private readonly List<(Direction, byte[])> _said = [];
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Process _server;
    private readonly int _serverPort;

    /// <summary>Starts a server.</summary>
    /// <param name="options">More options of <c>s_server</c>.</param>
    public OpensslConversation(params string[] options)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "openssl is not installed");
        string kind = options.Contains("ecdsa") ? "ec" : "rsa:2048";
        string[] curve = kind == "ec" ? ["-pkeyopt", "ec_paramgen_curve:P-256"] : [];
        using (Process made = Start(["req", "-x509", "-newkey", kind, .. curve, "-nodes", "-keyout", InFolder("key"), "-out",
            InFolder("cert"), "-days", "2", "-subj", "/CN=trama test"]))
            Assert.True(made.WaitForExit(Deadline) && made.ExitCode == 0);
        _server = Start(["s_server", "-accept", "127.0.0.1:0", "-key", InFolder("key"), "-cert", InFolder("cert"), "-rev", "-keylogfile",
            InFolder("keys"), .. options.Where(option => option != "ecdsa")]);
        // "ACCEPT 127.0.0.1:40123"
        string line;
        do line = _server.StandardOutput.ReadLineAsync().WaitAsync(Deadline).GetAwaiter().GetResult()
            ?? throw new IOException("openssl s_server does not start");
        while (!line.StartsWith("ACCEPT ", StringComparison.Ordinal));
        _serverPort = int.Parse(line[(line.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        _ = _server.StandardOutput.ReadToEndAsync();
        _ = _server.StandardError.ReadToEndAsync();
        _listener.Start();
    }

    /// <summary>What was said by either side, as TCP carried it.</summary>
    public IReadOnlyList<(Direction From, byte[] Bytes)> Said => _said;

    /// <summary>The key log of the server.</summary>
    public byte[] KeyLog => File.ReadAllBytes(InFolder("keys"));

    /// <summary>A file of this conversation.</summary>
    public string InFolder(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Has a client connect, say lines one by one and hear the answers, and go.</summary>
    /// <param name="lines">The lines; <c>K</c> changes keys, <c>R</c> negotiates anew, and nobody answers those.</param>
    /// <param name="options">More options of <c>s_client</c>.</param>
    public async Task TalkAsync(string[] lines, params string[] options)
    {
        _said.Clear();
        int port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        using Process client = Start(["s_client", "-connect", $"127.0.0.1:{port}", .. options]);
        using TcpClient near = await _listener.AcceptTcpClientAsync().WaitAsync(Deadline);
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, _serverPort);
        NetworkStream ofClient = near.GetStream(), ofServer = far.GetStream();
        Task passing = Task.WhenAll(PassAsync(ofClient, ofServer, Direction.ToServer), PassAsync(ofServer, ofClient, Direction.ToClient));
        foreach (string line in lines)
        {
            await client.StandardInput.WriteAsync(line + "\n");
            await client.StandardInput.FlushAsync();
            // What follows a command at once would be taken for a part of it.
            if (line.Length == 1) await HearAsync(client.StandardError, line == "R" ? "RENEGOTIATING" : "KEYUPDATE");
            else await HearAsync(client.StandardOutput, new string([.. line.Reverse()]));
        }

        client.StandardInput.Close();
        await passing.WaitAsync(Deadline);
        await client.WaitForExitAsync().WaitAsync(Deadline);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _server.Kill();
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    private static Process Start(string[] args) => Process.Start(new ProcessStartInfo("/usr/bin/openssl", args)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Encoding.UTF8,
    })!;

    private static async Task HearAsync(StreamReader output, string awaited)
    {
        string line;
        do line = await output.ReadLineAsync().WaitAsync(Deadline) ?? throw new IOException("openssl s_client has gone");
        while (line != awaited);
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, Direction direction)
    {
        byte[] piece = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(piece) is > 0 and int count)
            {
                lock (_said) _said.Add((direction, piece[..count]));
                await to.WriteAsync(piece.AsMemory(0, count));
            }

            to.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is IOException or SocketException)
        {
            // Who goes at once resets what is still on its way.
        }
    }
}
