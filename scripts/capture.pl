#!/usr/bin/perl
# Prints the TCP packets between this machine and ADDRESS:PORT that cross INTERFACE, one a line, after a
# line "ready": when (seconds since 1970, by the kernel), "out" or "in", the client's port, the sequence
# number, the flags, and what it carries, in hexadecimal. Needs root; ends with its standard input.
# Usage: capture.pl INTERFACE ADDRESS PORT
use strict;
use warnings;

use constant { AF_PACKET => 17, SOCK_DGRAM => 2, ETH_P_ALL => 3, SIOCGIFINDEX => 0x8933 };
use constant { SIOCGSTAMP => 0x8906, SOL_SOCKET => 1, SO_RCVBUFFORCE => 33 };

my ($interface, $address, $port) = @ARGV;
my $protocol = unpack 'S', pack 'n', ETH_P_ALL;
socket(my $wire, AF_PACKET, SOCK_DGRAM, $protocol) or die "socket: $!\n";
my $request = pack 'a16 x16', $interface;
ioctl($wire, SIOCGIFINDEX, $request) or die "$interface: $!\n";
my $index = unpack 'x16 i', $request;
bind($wire, pack 'S S i S C C x8', AF_PACKET, $protocol, $index, 0, 0, 0) or die "bind: $!\n";
setsockopt($wire, SOL_SOCKET, SO_RCVBUFFORCE, pack 'i', 64 << 20) or die "buffer: $!\n";
my $vip = pack 'C4', split /\./, $address;
# asked once before anything has come, so that the kernel dates every packet as it passes
ioctl($wire, SIOCGSTAMP, my $unused = "\0" x 16);

$| = 1;
print "ready\n";
$| = 0;
while (1) {
  my $waiting = '';
  vec($waiting, fileno($_), 1) = 1 for \*STDIN, $wire;
  next if select($waiting, undef, undef, undef) < 0;
  if (vec($waiting, fileno($wire), 1) && defined recv $wire, my $packet, 4096, 0) {
    my $stamp = "\0" x 16;
    ioctl($wire, SIOCGSTAMP, $stamp) or next;
    show($packet, unpack 'q q', $stamp);
  } elsif (vec($waiting, fileno(STDIN), 1) && !sysread STDIN, my $said, 100) {
    last;
  }
}

sub show {
  my ($packet, $seconds, $micros) = @_;
  # IPv4 (RFC 791) with TCP (RFC 9293) in it
  return if length $packet < 40 || ord($packet) >> 4 != 4 || ord(substr $packet, 9, 1) != 6;
  my $head = (ord($packet) & 15) * 4;
  my ($total) = unpack 'x2 n', $packet;
  my ($from, $to) = (substr($packet, 12, 4), substr($packet, 16, 4));
  my ($source, $target, $sequence, $offset, $flags) = unpack "x$head n n N x4 C C", $packet;
  my $is_out = $to eq $vip && $target == $port;
  return unless $is_out || ($from eq $vip && $source == $port);
  my $at = $head + ($offset >> 4) * 4;
  my $load = $total > $at ? substr $packet, $at, $total - $at : '';
  printf "%d.%06d %s %d %d %d %s\n", $seconds, $micros, $is_out ? 'out' : 'in',
    $is_out ? $source : $target, $sequence, $flags, unpack 'H*', $load;
}
