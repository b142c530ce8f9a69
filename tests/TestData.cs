namespace Trama.Tests;

/// <summary>
/// Where tests find what they need: the project's own data, more of it beside the clone, and the programs of this machine.
/// </summary>
internal static class TestData
{
    // Programs whose Debian package has another name.
    private static readonly Dictionary<string, string> Packages = new()
    {
        ["setsid"] = "util-linux",
        ["promtool"] = "prometheus",
        ["ip"] = "iproute2",
        ["psql"] = "postgresql-client",
        ["go"] = "golang-go",
        ["nc"] = "netcat-openbsd",
        ["nghttpd"] = "nghttp2-server",
        ["h2load"] = "nghttp2-client",
        ["amqp-publish"] = "amqp-tools",
        ["epmd"] = "erlang-base",
        ["ldapadd"] = "ldap-utils",
        ["dig"] = "bind9-dnsutils",
        ["dropbear"] = "dropbear-bin",
        ["dbclient"] = "dropbear-bin",
        ["dropbearkey"] = "dropbear-bin",
        ["sipp"] = "sip-tester",
        ["mosquitto_pub"] = "mosquitto-clients",
        ["dovecot"] = "dovecot-imapd dovecot-pop3d",
        ["mosquitto_sub"] = "mosquitto-clients",
    };

    /// <summary>The root of the clone.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// A path in the <c>shared</c> folder beside the clone, which holds more, else in <c>tests/data</c>; skips the test where neither has
    /// it.
    /// </summary>
    public static string Shared(string path)
    {
        string beside = Path.GetFullPath(Path.Combine(Root, "..", "shared", path)), own = Path.Combine(Root, "tests", "data", path);
        Assert.SkipUnless(Path.Exists(beside) || Path.Exists(own), $"neither ../shared/{path} nor tests/data/{path} is there");
        return Path.Exists(beside) ? beside : own;
    }

    /// <summary>The path of a program of this machine; skips the test, and says how to install it, where it is missing.</summary>
    public static string Program(string name)
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/sbin"];
        string? path = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{name} is not installed: sudo apt-get install {Packages.GetValueOrDefault(name, name)}");
        return path!;
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Trama.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run outside a clone of the project.");
    }
}
