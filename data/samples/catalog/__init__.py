# SPDX-License-Identifier: GPL-3.0-or-later
"""The words and rules that the sample catalog is made from."""
