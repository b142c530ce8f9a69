using System.Text;
using Trama.Captures.Files;
using Trama.Captures.Synthetic;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Mcp.Tests;

/// <summary>A folder of captures that goes with the test, and beside it what a server must not reach.</summary>
internal sealed class CaptureFolderOnDisk : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("trama-test-").FullName;

    /// <summary>Makes it.</summary>
    public CaptureFolderOnDisk()
    {
        Directory.CreateDirectory(Path);
        Directory.CreateDirectory(Temporary);
    }

    /// <summary>The folder.</summary>
    public string Path => System.IO.Path.Combine(_root, "captures");

    /// <summary>The data folder of the user.</summary>
    public string Data => System.IO.Path.Combine(_root, "data");

    /// <summary>The folder for temporary files.</summary>
    public string Temporary => System.IO.Path.Combine(_root, "temporary");

    /// <summary>What a server is to find in its environment.</summary>
    public Dictionary<string, string?> Environment => new() { ["XDG_DATA_HOME"] = Data, ["TMPDIR"] = Temporary, ["TRAMA_LANG"] = "en" };

    /// <summary>Folders of tables that are there at present.</summary>
    public string[] Tables => Directory.GetDirectories(Temporary, "trama-*");

    /// <summary>A path beside the folder.</summary>
    public string Beside(string name) => System.IO.Path.Combine(_root, name);

    /// <summary>A path in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Copies a capture into the folder.</summary>
    public void Copy(string path, string name) => File.Copy(path, this[name]);

    /// <summary>Writes a capture of a conversation: what the client and the server say in turns.</summary>
    public void Write(string name, ushort port, params string[] turns) => WriteTo(this[name], port, turns);

    /// <inheritdoc cref="Write"/>
    public static void WriteTo(string path, ushort port, params string[] turns)
    {
        using var file = new PcapWriter(path, LinkType.Raw);
        SyntheticConversation talk = new SyntheticCapture((in Packets.Record record) => file.Write(record)).Begin(
            new Endpoint(IpAddress.FromIpv4(0xc0000201), 40000), new Endpoint(IpAddress.FromIpv4(0xc0000202), port));
        long at = 1_700_000_000_000_000_000;
        talk.Ask(Next());
        talk.Accept(Next(), Next());
        for (int i = 0; i < turns.Length; i++) talk.Say(i % 2 == 0, Encoding.UTF8.GetBytes(turns[i]), Next());
        talk.Finish(byClient: true, Next());
        talk.Finish(byClient: false, Next());

        Timestamp Next() => new(at += 1_000_000);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
