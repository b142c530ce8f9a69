using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests;

/// <summary>MySQL's protocol: captures at hand, and what clients say to mariadbd; tshark is the judge.</summary>
public partial class MysqlLiveTests
{
    // Calls of libmariadb, without and with compression: statements, several at once, prepared, fetched, and other commands.
    private const string Client =
        """
        import ctypes, sys
        c = ctypes.CDLL("libmariadb.so.3")
        P = ctypes.c_void_p
        for name in ("mysql_init", "mysql_real_connect", "mysql_stmt_init", "mysql_store_result", "mysql_stat"):
            getattr(c, name).restype = P
        m = P(c.mysql_init(None))
        if sys.argv[2] == "compressed": c.mysql_options(m, 1, None)
        multi = ctypes.c_ulong(1 << 16)
        if not c.mysql_real_connect(m, b"127.0.0.1", b"ana", b"hunter2", b"shop", int(sys.argv[1]), None, multi): sys.exit("no connection")
        def query(text):
            failed = c.mysql_real_query(m, text, ctypes.c_ulong(len(text)))
            while not failed:
                result = c.mysql_store_result(m)
                if result: c.mysql_free_result(P(result))
                failed = c.mysql_next_result(m)
        def prepared(text, times, cursor=False):
            s = P(c.mysql_stmt_init(m))
            if cursor:
                c.mysql_stmt_attr_set(s, 1, ctypes.byref(ctypes.c_ulong(1)))
                c.mysql_stmt_attr_set(s, 2, ctypes.byref(ctypes.c_ulong(2)))
            if c.mysql_stmt_prepare(s, text, ctypes.c_ulong(len(text))) == 0:
                for _ in range(times):
                    c.mysql_stmt_execute(s)
                    while c.mysql_stmt_fetch(s) == 0: pass
                    c.mysql_stmt_free_result(s)
            c.mysql_stmt_close(s)
        query(b"drop table if exists t")
        query(b"create table t (a int primary key, b text)")
        query(b"insert into t values (1, 'one'), (2, 'two'), (3, 'three')")
        query(b"select a from t where a > 7")
        query(b"select 1; select a from t; do 0; insert into t values (4, 'four')")
        query(b"select * from nope")
        query(b"insert into t values (1, 'again')")
        query(b"selec 1")
        prepared(b"select a, b from t where a < 3", 2)
        prepared(b"select a from t order by a", 1, cursor=True)
        prepared(b"select * from nope", 1)
        prepared(b"update t set b = 'zwei' where a = 2", 1)
        query(b"insert into t select seq, repeat('y', 200) from seq_10_to_2000")
        query(b"select * from t")
        c.mysql_ping(m)
        c.mysql_select_db(m, b"nowhere")
        c.mysql_change_user(m, b"ana", b"hunter2", b"shop")
        c.mysql_stat(m)
        c.mysql_close(m)
        """;

    // PyMySQL takes its TLS from Python, which writes keys.
    private const string TlsClient =
        """
        import pymysql, sys
        c = pymysql.connect(host="127.0.0.1", port=int(sys.argv[1]), user="ana", password="hunter2", database="shop",
                            ssl={"ca": sys.argv[2], "check_hostname": False}, local_infile=True)
        k = c.cursor()
        for text in ("select 1", "select * from nope", "create table f (a int)", "load data local infile '%s' into table f" % sys.argv[3],
                     "select a from f"):
            try: k.execute(text)
            except pymysql.err.Error: pass
        c.ping(False)
        c.close()
        """;

    // As tshark numbers them.
    private static readonly Dictionary<string, string> s_names = new()
    {
        ["1"] = "QUIT",
        ["2"] = "INIT_DB",
        ["3"] = "",
        ["9"] = "STATISTICS",
        ["14"] = "PING",
        ["17"] = "CHANGE_USER",
        ["22"] = "STMT_PREPARE",
        ["23"] = "",
        ["25"] = "STMT_CLOSE",
        ["28"] = "STMT_FETCH",
    };

    [Theory]
    [InlineData("mysql-lab-prepared.pcapng", false, 3306)]
    [InlineData("mysql-lab-tls13.pcapng", true, 3306)]
    [InlineData("mysql-deepflow-mysql-error.pcap", false, 20130)]
    public async Task A_capture_is_told_as_tshark_tells_it(string name, bool hasKeys, int port)
    {
        string capture = TestData.Shared($"protocols/{name}");
        await AssertJudgedAsync(capture, port, hasKeys ? Path.ChangeExtension(capture, ".keys") : null);
    }

    [Fact]
    public async Task What_libmariadb_asks_of_mariadbd_is_traced_whole_and_the_same_when_it_is_compressed()
    {
        string python = TestData.Program("python3");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        await using MysqlServer server = await MysqlServer.StartAsync(folder);
        string[] told = await AssertJudgedAsync(await TalkAsync("plain"), server.Port, null);
        Assert.Contains("0 client login user=ana database=shop -> OK", told);
        Assert.Contains(
            "0 client select 1; select a from t; do 0; insert into t values (4, 'four') -> 1 row; 3 rows; OK; OK, 1 row affected", told);
        Assert.Contains("0 client select * from t -> 1995 rows", told);
        Assert.Contains("0 client select * from nope -> 1146 42S02 Table 'shop.nope' doesn't exist", told);
        Assert.Equal(2, told.Count(line => line == "0 client select a, b from t where a < 3 -> 2 rows"));
        Assert.Contains("0 client STMT_FETCH select a from t order by a -> 2 rows", told);
        string compressed = await TalkAsync("compressed");
        Assert.Equal(told.Select(Timeless), (await ProtocolTrace.OfAsync(compressed, "mysql")).Select(Timeless));
        TramaProcess.Ended traced = await TramaProcess.RunAsync(["trace", compressed, "--json"]);
        Assert.Contains("\"layers\":[\"mysql-compressed\",\"mysql\"]", traced.Output, StringComparison.Ordinal);
        TramaProcess.Ended diagnosed = await TramaProcess.RunAsync(["diagnose", compressed, "--json"]);
        Assert.DoesNotContain("reply\",\"party\"", diagnosed.Output, StringComparison.Ordinal);

        async Task<string> TalkAsync(string kind) => await LiveCapture.OfAsync(folder, server.Port, async () =>
        {
            TramaProcess.Ended client = await TramaProcess.RunAsync(python, ["-c", Client, $"{server.Port}", kind]);
            Assert.Equal((0, ""), (client.Code, client.Errors));
        });
    }

    [Fact]
    public async Task What_PyMySQL_asks_over_TLS_is_traced_with_its_keys()
    {
        const string Python = "/usr/bin/python3";
        bool isThere = Directory.Exists("/usr/lib/python3/dist-packages/pymysql");
        Assert.SkipUnless(isThere, "PyMySQL is not installed: sudo apt-get install python3-pymysql");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        await using MysqlServer server = await MysqlServer.StartAsync(folder);
        await File.WriteAllLinesAsync(
            folder["numbers"], Enumerable.Range(0, 20_000).Select(number => $"{number}"), TestContext.Current.CancellationToken);
        string capture = await LiveCapture.OfAsync(folder, server.Port, async () =>
        {
            // Through a shell, for the variable that names the file of keys.
            TramaProcess.Ended client = await TramaProcess.RunAsync(
                "/bin/sh",
                [
                    "-c", "SSLKEYLOGFILE=$1; export SSLKEYLOGFILE; shift; exec \"$@\"", "sh", folder["keys"], Python, "-c", TlsClient,
                    $"{server.Port}", folder["cert.pem"], folder["numbers"],
                ]);
            Assert.Equal((0, ""), (client.Code, client.Errors));
        });
        string[] told = await AssertJudgedAsync(capture, server.Port, folder["keys"]);
        Assert.Contains("0 client LOCAL INFILE data -> OK, 20000 rows affected", told);
        Assert.Contains("0 client select a from f -> 20000 rows", told);
    }

    // Every command that tshark sees is an exchange, with its statement, and so is every error.
    private static async Task<string[]> AssertJudgedAsync(string capture, int port, string? keyLog)
    {
        string[] keys = keyLog is null ? [] : ["--keys", keyLog];
        string[] told = await ProtocolTrace.OfAsync(capture, "mysql", keys);
        Assert.DoesNotContain(told, line => line.Contains(MysqlServer.Password, StringComparison.Ordinal));
        string[] decrypted = keyLog is null ? [] : ["-o", $"tls.keylog_file:{keyLog}"];
        TramaProcess.Ended judge = await TramaProcess.RunAsync(
            TestData.Program("tshark"),
            [
                .. decrypted, "-r", capture, "-d", $"tcp.port=={port},mysql", "-Y", "mysql", "-T", "fields", "-E", "aggregator=\u0001",
                "-e", "tcp.srcport", "-e", "mysql.command", "-e", "mysql.query", "-e", "mysql.error_code",
            ]);
        Assert.Equal(0, judge.Code);
        var commands = new List<string>();
        var errors = new List<string>();
        foreach (string[] fields in judge.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')))
        {
            errors.AddRange(fields[3].Split('\u0001', StringSplitOptions.RemoveEmptyEntries));
            var statements = new Queue<string>(fields[2].Split('\u0001', StringSplitOptions.RemoveEmptyEntries));
            foreach (string command in fields[1].Split('\u0001').Where(s_names.ContainsKey))
            {
                string statement = command is "3" or "22" ? statements.Dequeue() : "";
                commands.Add($"{s_names[command]} {statement}".Trim());
            }
        }

        string[] operations = [.. told.Select(line => line[9..line.LastIndexOf(" -> ", StringComparison.Ordinal)])];
        IEnumerable<string> ours = operations.Where(one => one.Length > 0 && !IsNoCommand(one)).Select(one => Word(one, commands));
        Assert.Equal(commands.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
        IEnumerable<string> ourErrors = told.Select(line => Error().Match(line)).Where(error => error.Success)
            .Select(error => error.Groups[1].Value);
        Assert.Equal(errors.Order(StringComparer.Ordinal), ourErrors.Order(StringComparer.Ordinal));
        return told;
    }

    // Without the numbers that differ from one connection to the next.
    private static string Timeless(string line) =>
        line.Contains(" STATISTICS ", StringComparison.Ordinal) ? "STATISTICS" : Identifier().Replace(line, "$1");

    [GeneratedRegex("-> ([0-9]{4}) [0-9A-Z]{5} ")]
    private static partial Regex Error();

    [GeneratedRegex("(STMT_CLOSE) [0-9]+")]
    private static partial Regex Identifier();

    private static bool IsNoCommand(string operation) =>
        operation is "SSLRequest" or "password" or "LOCAL INFILE data" || operation.StartsWith("login ", StringComparison.Ordinal);

    // tshark does not say which statement is executed, and names nothing else.
    private static string Word(string operation, List<string> commands)
    {
        if (commands.Remove(operation))
        {
            commands.Add(operation);
            return operation;
        }

        string first = operation.Split(' ')[0];
        return s_names.ContainsValue(first) ? first : "";
    }
}
