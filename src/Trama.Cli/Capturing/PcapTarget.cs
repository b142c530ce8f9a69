using Trama.Captures;
using Trama.Captures.Files;
using Trama.Cli.ThisProcess;
using Trama.Packets;
using Trama.Reports;

namespace Trama.Cli.Capturing;

/// <summary>A pcap file, which has one link type: a record of another one ends the command.</summary>
internal sealed class PcapTarget(PcapWriter writer, LinkType linkType, Language language) : IRecordWriter
{
    /// <inheritdoc/>
    public long Length => writer.Length;

    /// <inheritdoc/>
    /// <exception cref="UserError">The record has another link type.</exception>
    public void Write(in Record record)
    {
        if (record.LinkType != linkType)
        {
            string expected = LinkTypeNames.NameOf(linkType) ?? $"{(int)linkType}", found = LinkTypeNames.NameOf(record.LinkType)
                ?? $"{(int)record.LinkType}";
            throw new UserError(language.Pick(
                $"a pcap file has one link type, and after {expected} comes {found}: write a .pcapng file",
                $"um arquivo pcap tem um só tipo de enlace, e depois de {expected} vem {found}: grave um arquivo .pcapng"));
        }

        writer.Write(record);
    }

    /// <inheritdoc/>
    public void Flush() => writer.Flush();

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();
}
