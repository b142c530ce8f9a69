using System.CommandLine;
using Trama.Captures;
using Trama.Cli.CommandLine;
using Trama.Reports;

namespace Trama.Cli.Capturing;

/// <summary>The options that say on which device packets are captured, and how; the same in every command that captures.</summary>
internal sealed class DeviceOptions
{
    private const int WholePackets = 262_144;

    private readonly Option<string> _device;
    private readonly Option<long?> _snapLength, _bufferSize;
    private readonly Option<bool> _noPromiscuous;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="language">The language of their help.</param>
    /// <param name="standardBuffer">The size of the capture buffer in KiB when none is asked for, 0 for the system's choice.</param>
    public DeviceOptions(BilingualCommand command, Language language, int standardBuffer)
    {
        string standard = standardBuffer == 0 ? "" : language.Pick($" (default {standardBuffer})", $" (padrão {standardBuffer})");
        _device = command.Value("-i", "IF", "Capture on this device; 'any' for all of them", "Captura neste dispositivo; 'any' para todos",
            "--interface");
        _snapLength = command.Number(
            "-s", "BYTES", 0, WholePackets, "Capture at most so many bytes of a packet; 0 for 262144",
            "Captura no máximo tantos bytes de cada pacote; 0 para 262144", "--snapshot-length");
        _bufferSize = command.Number(
            "-B", "KIB", 1, int.MaxValue / 1024, "The size of the capture buffer" + standard, "O tamanho do buffer de captura" + standard,
            "--buffer-size");
        _noPromiscuous = command.Flag("-p", "No promiscuous mode", "Sem modo promíscuo", "--no-promiscuous-mode");
    }

    /// <summary>The device asked for; null for none.</summary>
    public string? Device(OptionValues values) => values.Of(_device);

    /// <summary>How to capture, with what was asked for.</summary>
    public LiveOptions Read(OptionValues values, LiveOptions options) => options with
    {
        SnapLength = values.Of(_snapLength) is > 0 and long length ? (int)length : WholePackets,
        Promiscuous = !values.Has(_noPromiscuous),
        BufferBytes = (int?)(values.Of(_bufferSize) * 1024) ?? options.BufferBytes,
    };
}
