using System.Text;
using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.ThisProcess;
using Trama.Namespaces;
using Trama.Processes.Sockets;
using Trama.Reports;

namespace Trama.Cli.Commands.Running;

/// <summary>Which ways of seeing a command this machine allows its user, by trying each; and what would allow the others.</summary>
internal sealed class RunCheck(Language language)
{
    // Of each setting that may forbid user namespaces, the value that does.
    private static readonly (string Setting, string Forbids, string Allows)[] Settings =
    [
        ("kernel.apparmor_restrict_unprivileged_userns", "1", "0"),
        ("kernel.unprivileged_userns_clone", "0", "1"),
        ("user.max_user_namespaces", "0", "10000"),
        ("user.max_net_namespaces", "0", "10000"),
    ];

    private readonly StringBuilder _text = new();

    /// <summary>Tries everything.</summary>
    /// <param name="text">What was found, a line for each way.</param>
    /// <returns>Whether any way is open.</returns>
    public bool Try(out string text)
    {
        bool captures = Told("packets of this machine's network", "pacotes da rede desta máquina", Capture());
        Privileges.Drop();
        bool isolates = Told("a network of the command's own (--isolate)", "uma rede só do comando (--isolate)",
            OwnNetwork(out string kind), kind);
        bool counts = Told("the kernel's counts of each connection, without packets", "as contagens do kernel de cada conexão, sem pacotes",
            Sockets());
        _text.Append(captures ? language.Pick("trama run uses the first.\n", "trama run usa o primeiro.\n")
            : isolates ? language.Pick("trama run uses the second.\n", "trama run usa o segundo.\n")
            : counts ? language.Pick("trama run uses the third.\n", "trama run usa o terceiro.\n")
            : language.Pick("trama run can show nothing here.\n", "trama run não pode mostrar nada aqui.\n"));
        text = _text.ToString();
        return captures || isolates || counts;
    }

    // Null is a yes, anything else what stands in the way.
    private bool Told(string english, string portuguese, string? obstacle, string kind = "")
    {
        _text.Append(obstacle is null ? language.Pick("yes  ", "sim  ") : language.Pick("no   ", "não  "))
            .Append(language.Pick(english, portuguese)).Append(obstacle is null ? kind : $": {obstacle}").Append('\n');
        return obstacle is null;
    }

    private string? Capture()
    {
        try
        {
            using var capture = TreeCapture.Open(_ => false);
            return capture is null ? language.Pick("this system does not tell whose a connection is", "este sistema não diz de quem é uma "
                + "conexão") : null;
        }
        catch (CaptureException error)
        {
            return CaptureErrors.Describe(error, language).Message;
        }
    }

    private string? OwnNetwork(out string kind)
    {
        kind = "";
        try
        {
            using var run = new OwnNetworkRun(["true"], new Dictionary<string, string>(), [], null, language);
            _ = run.Wait();
            kind = run.HasTunDevice ? language.Pick(", by a TUN device", ", por um dispositivo TUN")
                : language.Pick(", by a pair of devices (/dev/net/tun is not for this user)",
                    ", por um par de dispositivos (/dev/net/tun não é para este usuário)");
            return null;
        }
        catch (NamespaceException error)
        {
            string[] commands = [.. Settings.Where(Forbids).Select(setting => $"sudo sysctl {setting.Setting}={setting.Allows}")];
            if (commands.Length == 0 && IsFiltered) commands = ["docker run --security-opt seccomp=unconfined"];
            return string.Join("; ", [error.Message,
                .. commands.Select(command => language.Pick($"allowed by: {command}", $"permitido por: {command}"))]);
        }
    }

    private static string? Sockets()
    {
        try
        {
            using var table = new SocketTable();
            _ = table.List();
            return null;
        }
        catch (SocketTableException error)
        {
            return error.Message;
        }
    }

    // A filter of system calls, as containers have it, lets no namespace be made (proc(5)).
    private static bool IsFiltered => File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").Any(line => line.StartsWith("Seccomp:", StringComparison.Ordinal) && line.EndsWith('2'));

    private static bool Forbids((string Setting, string Forbids, string Allows) setting)
    {
        string path = $"/proc/sys/{setting.Setting.Replace('.', '/')}";
        return File.Exists(path) && File.ReadAllText(path).Trim() == setting.Forbids;
    }
}
